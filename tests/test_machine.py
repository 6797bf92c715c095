"""What a process does to the machine, by whatever door one came in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import kinds

DOORS = {
    "library": "import plumbline\nplumbline.analyze(sys.argv[1], cache=False)",
    "batch": "from plumbline.batch._measure import measure_clip\nfrom plumbline.batch._measure import Wish\n"
    "measure_clip(sys.argv[1], sys.argv[2], Wish(cache=False))",
    "app": "from plumbline.app._jobs import Store\nfrom plumbline.request import Request\nimport time\n"
    "film = Path(sys.argv[1])\njob = Store(Path(sys.argv[2])).add(film.name, "
    "lambda p: p.write_bytes(film.read_bytes()), Request())\n"
    "while job.state == 'working': time.sleep(0.05)",
}
ASK = """
from threadpoolctl import threadpool_info
from plumbline.machine import keep_freed_memory
print(json.dumps([[p["num_threads"] for p in threadpool_info() if p["user_api"] == "blas"],
                  keep_freed_memory.cache_info().currsize]))
"""


@pytest.mark.parametrize("door", DOORS)
def test_every_door_keeps_linear_algebra_to_one_thread_and_freed_memory(tmp_path: Path, door: str) -> None:
    """Threads that wait for the next small matrix by spinning took seconds from the pose model."""
    film = kinds.plain(tmp_path / "a.mp4", 30)
    free = {k: v for k, v in os.environ.items() if not k.endswith("_NUM_THREADS")}
    code = f"import sys, json\nfrom pathlib import Path\n{DOORS[door]}\n{ASK}"
    done = subprocess.run(
        [sys.executable, "-c", code, str(film), str(tmp_path / "out")],
        env={**free, "OPENBLAS_NUM_THREADS": "4"},
        capture_output=True,
        text=True,
        check=True,
    )
    threads, kept = json.loads(done.stdout.splitlines()[-1])
    assert len(threads) >= 2, "NumPy and SciPy have a library each"
    assert set(threads) == {1}
    assert kept == 1
