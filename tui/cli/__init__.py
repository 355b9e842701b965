"""The shell face: one file a noun."""
