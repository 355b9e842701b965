"""What a process takes of the machine, as the kernel tells it (proc(5)), and how large its store is on disk."""

import os
from dataclasses import asdict, dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Sample:
    """One moment. ``hours``: simulated; memory in KiB, ``own`` without what is shared; ``cpu`` in real seconds."""

    hours: float
    rss: int
    own: int
    descriptors: int
    threads: int
    cpu: float
    store: int
    """Bytes of the store with its log and index files."""
    received: int
    """Bytes written to the terminal so far."""
    keys: int

    def document(self) -> dict[str, float]:
        """As JSON."""
        return asdict(self)


def take(pid: int, store: Path, *, hours: float, received: int, keys: int) -> Sample:
    """Look at the process ``pid`` now. Raises `OSError` once it has ended."""
    proc = Path(f"/proc/{pid}")
    memory = {
        name: int(rest.split()[0])
        for name, _, rest in (line.partition(":") for line in (proc / "smaps_rollup").read_text().splitlines()[1:])
    }
    fields = (proc / "stat").read_text().rpartition(")")[2].split()
    return Sample(
        hours=hours,
        rss=memory["Rss"],
        own=memory["Private_Clean"] + memory["Private_Dirty"],
        descriptors=len(os.listdir(proc / "fd")),
        threads=int(fields[17]),
        cpu=(int(fields[11]) + int(fields[12])) / _TICKS,
        store=sum(file.stat().st_size for file in store.parent.glob(f"{store.name}*")),
        received=received,
        keys=keys,
    )
