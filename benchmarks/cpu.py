"""CPU time and memory of processes, from /proc; None where there is no /proc (macOS)."""

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
# Places in /proc/PID/stat, counted after the name in brackets.
PARENT, GROUP, OWN, REAPED = 1, 2, slice(11, 13), slice(13, 15)


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    group: int
    own: int
    reaped: int


def of_group(group: int) -> float | None:
    """Seconds used so far by every process of the group."""
    return seconds(sum(p.own for p in processes() if p.group == group))


def of_tree(root: int) -> float | None:
    """Seconds used so far by `root` and its children, those that ended included."""
    return seconds(
        sum(
            p.own + (p.reaped if p.pid == root else 0)
            for p in processes()
            if root in (p.pid, p.parent)
        )
    )


def seconds(ticks: int) -> float | None:
    return ticks / os.sysconf("SC_CLK_TCK") if PROC.is_dir() else None


def processes() -> list[Process]:
    return [found for path in PROC.glob("[0-9]*/stat") if (found := read(path))]


def read(path: Path) -> Process | None:
    try:
        text = path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = [int(field) for field in text.rpartition(")")[2].split()[1:]]
    fields.insert(0, 0)  # the state, a letter
    return Process(
        int(path.parent.name),
        fields[PARENT],
        fields[GROUP],
        sum(fields[OWN]),
        sum(fields[REAPED]),
    )


def memory_of_group(group: int, *, peak: bool) -> float | None:
    """Megabytes that the processes of the group hold, or have held at most since their peaks were
    forgotten."""
    if not PROC.is_dir():
        return None
    field = "VmHWM:" if peak else "VmRSS:"
    return sum(memory_of(one.pid, field) for one in processes() if one.group == group) / 1024


def memory_of(pid: int, field: str) -> int:
    """In kilobytes."""
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(field))


def forget_peaks(group: int) -> None:
    for one in processes():
        if one.group == group:
            (PROC / str(one.pid) / "clear_refs").write_text("5")
