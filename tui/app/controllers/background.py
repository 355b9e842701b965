"""Work that goes on beside the keys."""

import asyncio
from collections.abc import Coroutine

from tui.app.controllers.notices import Notices


class BackgroundTasks:
    """Holds tasks until they end; their errors end as a notice."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Let `work` go on beside the keys."""
        task = asyncio.get_running_loop().create_task(self._notices.tell_errors(work, OSError))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Cancel all of it, and wait until it has ended."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
