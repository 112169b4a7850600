"""CPU time of a process and all that descend from it."""

import psutil


def seconds_of(pid: int) -> float:
    """User and system time of the tree under `pid`, in seconds, the ended and awaited children included.

    The kernel tells it in hundredths: measure for a second at least.
    """
    root = psutil.Process(pid)
    return sum(_seconds(process) for process in [root, *root.children(recursive=True)])


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)
