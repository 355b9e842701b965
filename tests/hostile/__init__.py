"""A hostile world: payloads in every field, answers that lie, and what the terminal then receives.

``python -m tests.hostile --all`` prints figures a family.
"""
