"""Inputs that once failed, collected beside the project: one check for each, found by the name of its folder."""
