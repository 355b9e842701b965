"""Damaged copies of a store: what a person still finds of their words."""
