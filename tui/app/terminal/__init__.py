"""Between Textual and the terminal: the driver, the differential painter, the flow control of frames, the crash report.

An app takes all of it by deriving from `terminal_app.TerminalApp`.
"""
