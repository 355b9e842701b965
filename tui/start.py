"""The first lines of the program. Until the command line is loaded an interrupt ends it as it ends any program that
handles none: at once and without a word. Only Python's own start, before this line, is out of reach."""

try:
    import signal
except KeyboardInterrupt:
    raise SystemExit(130) from None  # 128 + SIGINT

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # ignored signals stay so: nohup, or `&` in a script
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> int:
    """Run the process's command line; the exit code."""
    from tui.cli.interrupts import Interrupts
    from tui.cli.main import main as run

    interrupts = Interrupts.take()
    code = 130  # 128 + SIGINT
    try:
        code = run()
    except KeyboardInterrupt:
        code = 130
    finally:
        interrupts.ended(code)
    return code
