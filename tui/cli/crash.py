"""A fault of our own on the command line: a report without locals or token in a file, and one sentence."""

import argparse

from tui.cli.parsing import PROGRAM
from tui.model.labels import shell_texts


def crashed(error: Exception, args: argparse.Namespace | None) -> str:
    """Write the report and say where it lies; never raises."""
    sentence = shell_texts.INTERNAL_ERROR.format(error=type(error).__name__)
    try:
        from tui.config.paths import DEFAULT_PROFILE, Paths
        from tui.config.report import describe, write_report
        from tui.config.token import known_secrets

        profile = getattr(args, "profile", "") or DEFAULT_PROFILE
        path = Paths.of(profile).log / "crash.txt"
        written = write_report(path, describe(error, known_secrets(), program=PROGRAM))
    except Exception as another:  # noqa: BLE001 - the report of a fault must not become one
        return shell_texts.NO_REPORT.format(sentence=sentence, error=type(another).__name__)
    template = shell_texts.REPORT_IS_IN if written else shell_texts.REPORT_NOT_WRITTEN
    return template.format(sentence=sentence, path=path)
