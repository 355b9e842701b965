"""The Intercom REST API: typed models, one module a resource, one transport. No Textual, no database.

Importing this package, :mod:`tui.api.models`, :mod:`tui.api.errors`, :mod:`tui.api.query` or :mod:`tui.api.rate_limit`
loads no HTTP library; :mod:`tui.api.client` does, which takes tens of milliseconds: where a loop is running, it is
imported in a thread.
"""

import sys
from types import ModuleType

# httpx loads its own command line, with click and Pygments, wherever those are installed: 6 MB and 40 ms for nothing
sys.modules.setdefault("httpx._main", ModuleType("httpx._main"))
