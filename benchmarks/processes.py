"""A whole process, timed, with its children: what the benchmarks of speed and memory share."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

PLUMBLINE = str(Path(sys.executable).with_name("plumbline"))
LOOK_EVERY_S = 0.1


@dataclass(frozen=True)
class Run:
    """One process with its children: wall and CPU time in s, highest sum of resident memory in MB."""

    wall_s: float
    cpu_s: float
    peak_mb: float


class Memory:
    """Resident memory of a process and of its children, watched from a thread: `own` and `others`, a list each, MB."""

    def __init__(self, root: psutil.Process, every_s: float = LOOK_EVERY_S) -> None:
        self.own, self.others = list[float](), list[float]()
        self._root, self._every_s = root, every_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            try:
                sizes = [p.memory_info().rss / 2**20 for p in (self._root, *self._root.children(recursive=True))]
                self.own.append(sizes[0])
                self.others.append(sum(sizes[1:]))
            except psutil.Error:  # one has just ended
                pass
            if self._over.wait(self._every_s):
                return

    @property
    def mb(self) -> list[float]:
        """Of all processes together."""
        return [a + b for a, b in zip(self.own, self.others, strict=True)]


def timed(command: list[str], cores: int | None = None) -> Run:
    """Run a process to its end, on so many cores (Linux), on all by default.

    Memory is looked at ten times a second; pages that processes share count in each.
    """
    before = _children_cpu()
    start = time.perf_counter()
    fewer = [] if cores is None else ["taskset", "--cpu-list", f"0-{cores - 1}"]
    with tempfile.TemporaryFile() as said:  # a pipe that nobody reads would hold it up
        process = subprocess.Popen([*fewer, *command], stdout=subprocess.DEVNULL, stderr=said)
        with Memory(psutil.Process(process.pid)) as memory:
            process.wait()
        wall = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            why = said.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise SystemExit(f"failed: {' '.join(command)}: {why}")
    return Run(wall, _children_cpu() - before, max(memory.mb))


def _children_cpu() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
