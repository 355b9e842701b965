"""A benchmark that anybody can run: ``python -m tests.bench``. What a person feels, against the design's budgets."""
