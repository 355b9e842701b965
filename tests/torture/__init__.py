"""Kills the program while everything goes wrong, and counts what arrived: ``python -m tests.torture --kills 200``."""
