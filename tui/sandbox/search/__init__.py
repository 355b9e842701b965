"""Searching: Intercom's query documents, their limits and their refusals."""
