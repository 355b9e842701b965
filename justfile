# What one does while working on it. `just` alone lists the recipes; each is one command that can be typed as well.

_list:
    @just --list --unsorted

# everything but the tests: lint, format, spelling, types, import contracts, the tables of docs/
check:
    ruff check .
    ruff format --check .
    codespell
    mypy
    lint-imports
    python -m tests.readme

# the tests, or those that are named: just test -n 0 tests/inbox
test *arguments:
    python -m pytest {{ arguments }}

# bytes and milliseconds a key, against the budgets
bench *arguments:
    python -m tests.bench {{ arguments }}

# the pictures of README and docs/, from the demo
shots *names:
    python -m tests.screenshots {{ names }}

# the tables of docs/, from the program
docs:
    python -m tests.readme --write

# lines of tui/inbox and tui/store that their own tests run: 93 % when the floor was set
coverage:
    python -m pytest tests/inbox tests/store --cov=tui/inbox --cov=tui/store --cov-report=term:skip-covered --cov-fail-under=92
