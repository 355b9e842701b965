"""The tables of `docs/`, made from the program: one module a subject, filled into the pages by `tests.readme`."""
