"""A whole process, timed, with its children: what the benchmarks of speed and memory share."""

from __future__ import annotations

import subprocess
import sys
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


def _resident_mb(processes: list[psutil.Process]) -> float:
    total = 0
    for process in processes:
        try:
            total += process.memory_info().rss
        except psutil.Error:
            continue
    return total / 2**20


def timed(command: list[str]) -> Run:
    """Run a process to its end. Memory is looked at ten times a second; pages that processes share count in each."""
    before = _children_cpu()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    root, peak = psutil.Process(process.pid), 0.0
    while True:
        try:
            process.wait(LOOK_EVERY_S)
            break
        except subprocess.TimeoutExpired:
            try:
                peak = max(peak, _resident_mb([root, *root.children(recursive=True)]))
            except psutil.Error:
                continue
    wall = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Run(wall, _children_cpu() - before, peak)


def _children_cpu() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
