"""Shared fixtures: properties of clips that never were films, folders of a run, the real clips if they are here."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from plumbline.clip import ClipInfo
from plumbline.pose import PoseSequence
from tests import athletes

SAMPLES = Path(__file__).parents[1] / "sample_videos"


def clip_info(pose: PoseSequence, name: str = "figure.mp4") -> ClipInfo:
    """A clip's properties for landmarks that never were a film."""
    return ClipInfo.without_film(pose.time_s, pose.width, pose.height, name)


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep models, landmarks and logs out of the user's folders; the cache is shared by all workers of a run."""
    os.environ.setdefault("PLUMBLINE_CACHE", str(tmp_path_factory.getbasetemp().parent / "plumbline-cache"))
    if "PYTEST_XDIST_WORKER" in os.environ:
        athletes.KEPT = tmp_path_factory.getbasetemp().parent / "athletes"
    os.environ["PLUMBLINE_LOG"] = str(tmp_path_factory.mktemp("log") / "log.sqlite")


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def real_clips() -> Path:
    folder = os.environ.get("PLUMBLINE_CLIPS")
    if not folder or not Path(folder).is_dir():
        pytest.skip("set PLUMBLINE_CLIPS to the folder of real clips to run this")
    return Path(folder)


@contextmanager
def _held(path: Path, kind: int) -> Iterator[None]:
    import fcntl

    with path.open("w") as file:
        fcntl.flock(file, kind)
        yield


@pytest.fixture(autouse=True)
def taking_turns(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests marked `quiet` run while no other does: they replay in real time."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    folder = tmp_path_factory.getbasetemp().parent
    gate, turn = folder / "gate.lock", folder / "turn.lock"
    if request.node.get_closest_marker("quiet"):
        # The gate stays shut, so that no new test begins while the last ones end.
        with _held(gate, fcntl.LOCK_EX), _held(turn, fcntl.LOCK_EX):
            yield
    else:
        with _held(gate, fcntl.LOCK_EX):
            file = turn.open("w")
            fcntl.flock(file, fcntl.LOCK_SH)
        with file:
            yield
