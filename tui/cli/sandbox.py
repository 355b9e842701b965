"""``intercom-tui sandbox``: serve a made-up workspace that speaks as Intercom does."""

from tui.cli.parsing import Parser


def add_arguments(parser: Parser) -> None:
    """The sandbox's own options: it knows them best."""
    from tui.sandbox import server

    server.add_arguments(parser)
    parser.set_defaults(run=server.run)
