"""``python -m tui`` is ``intercom-tui``."""

from tui.start import main

if __name__ == "__main__":
    raise SystemExit(main())
