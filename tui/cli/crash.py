"""A fault of our own on the command line: a report without locals or token in a file, and one sentence."""

import argparse

from tui.cli.parsing import PROGRAM


def crashed(error: Exception, args: argparse.Namespace | None) -> str:
    """Write the report and say where it lies; never raises."""
    sentence = f"Internal error ({type(error).__name__}) ended this."
    try:
        from tui.config.paths import DEFAULT_PROFILE, Paths
        from tui.config.report import describe, write_report
        from tui.config.token import known_secrets

        profile = getattr(args, "profile", "") or DEFAULT_PROFILE
        path = Paths.of(profile).log / "crash.txt"
        written = write_report(path, describe(error, known_secrets(), program=PROGRAM))
    except Exception as another:  # noqa: BLE001 - the report of a fault must not become one
        return f"{sentence} No report could be written ({type(another).__name__})."
    return f"{sentence} A report is in {path}." if written else f"{sentence} Its report could not be written to {path}."
