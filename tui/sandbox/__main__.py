"""``python -m tui.sandbox``."""

from tui.sandbox.server import main

raise SystemExit(main())
