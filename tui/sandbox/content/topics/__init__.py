"""Topics, a file for each corner of the desk."""
