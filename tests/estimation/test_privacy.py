"""Nothing leaves the machine: an analysis opens no socket, in Python or below it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

WATCHED = """
import os, sys, threading, time
seen = []
sys.addaudithook(lambda event, args: seen.append((event, args)) if event.startswith("socket.") else None)
done = threading.Event()

def watch():
    while not done.is_set():
        for fd in os.listdir("/proc/self/fd"):
            try:
                target = os.readlink(f"/proc/self/fd/{fd}")
            except OSError:
                continue
            if target.startswith("socket:") and target not in before:
                seen.append(("fd", target))
        time.sleep(0.002)

before = set()
for fd in os.listdir("/proc/self/fd"):
    if os.path.exists(f"/proc/self/fd/{fd}"):
        before.add(os.readlink(f"/proc/self/fd/{fd}"))
threading.Thread(target=watch, daemon=True).start()
if len(sys.argv) > 2:
    import socket
    socket.socket().close()
from plumbline.cli._analyze import Job, run_job
from plumbline.request import Request
from pathlib import Path
run_job(Job(clip=Path(sys.argv[1]), out=Path(os.environ["OUT"]), request=Request(), cache=False, film=True))
done.set()
print("SEEN", seen)
"""


def run(clip: Path, out: Path, *extra: str) -> str:
    import os

    env = {**os.environ, "OUT": str(out)}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(WATCHED), str(clip), *extra],
        capture_output=True,
        text=True,
        env=env,
        check=True,
    )
    return done.stdout.strip().splitlines()[-1]


def test_no_socket_is_opened(samples: Path, tmp_path: Path) -> None:
    assert run(samples / "standing.mp4", tmp_path) == "SEEN []"


def test_the_watch_would_notice(samples: Path, tmp_path: Path) -> None:
    assert run(samples / "standing.mp4", tmp_path, "open one") != "SEEN []"
