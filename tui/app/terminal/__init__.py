"""Between Textual and the terminal: the driver, the differential painter, the pacing of frames."""
