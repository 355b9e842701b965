"""The entry point of ``intercom-tui``."""


def main() -> int:
    """Run the command line; return the exit code."""
    return 0
