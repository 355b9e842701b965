"""The panes and lines of the screen, each drawing its own lines."""
