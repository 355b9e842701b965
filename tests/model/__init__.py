"""Every way in which two programs can go wrong with two actions, up to a number of faults; see ``__main__``."""
