"""Keys: what one press is, which keys mean which command where, and what counts and sequences come to."""
