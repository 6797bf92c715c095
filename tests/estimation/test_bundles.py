from __future__ import annotations

import itertools
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from plumbline.errors import ModelError
from plumbline.estimation import MediaPipeEstimator, bundle_path, fetch, list_bundles, verify
from plumbline.estimation import _bundles as bundles
from plumbline.video import probe, read_frames


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLUMBLINE_CACHE", str(tmp_path))
    return tmp_path / "models"


def test_full_is_assembled_once_and_verified(cache: Path) -> None:
    path = bundle_path()
    made = path.stat().st_mtime_ns
    assert bundle_path("full") == path
    assert path.stat().st_mtime_ns == made
    assert {n: good for n, good, _ in verify()}["full"]
    assert sorted(p.suffix for p in cache.iterdir()) == [".sha256", ".task"]


def test_threads_that_need_it_at_once_all_get_it(cache: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        paths = list(pool.map(lambda _: bundle_path("full"), range(6)))
    assert len(set(paths)) == 1
    assert {n: good for n, good, _ in verify()}["full"]
    assert not list(paths[0].parent.glob("*.part"))


def test_a_changed_bundle_is_noticed_and_made_again(cache: Path) -> None:
    path = bundle_path()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert not {n: good for n, good, _ in verify()}["full"]
    bundle_path()
    assert {n: good for n, good, _ in verify()}["full"]


def test_a_file_dropped_into_models_can_be_chosen(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "work" / "models"
    folder.mkdir(parents=True)
    (folder / "mine.task").write_bytes(b"PK")
    monkeypatch.chdir(folder.parent)
    assert bundle_path("mine") == folder / "mine.task"
    assert "mine" in [b.name for b in list_bundles()]


def test_unknown_and_unfetched_models_say_what_to_do(cache: Path) -> None:
    with pytest.raises(ModelError, match="choose one of full"):
        bundle_path("enormous")
    with pytest.raises(ModelError, match="plumbline models fetch heavy"):
        bundle_path("heavy")


def test_fetch_without_a_network_says_so(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise urllib.error.URLError("no route")

    monkeypatch.setattr(bundles.urllib.request, "urlopen", refuse)
    with pytest.raises(ModelError, match="no network"):
        fetch("lite")
    assert list(cache.iterdir()) == []


def test_fetched_file_with_a_wrong_hash_is_refused(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr(bundles.urllib.request, "urlopen", lambda *a, **k: io.BytesIO(b"something else"))
    with pytest.raises(ModelError, match="not the expected file"):
        fetch("lite")
    assert list(cache.iterdir()) == []


def test_without_its_mask_the_model_finds_the_same_landmarks(samples: Path) -> None:
    frames = [f.image for f in itertools.islice(read_frames(probe(samples / "pogo_faults.mp4")), 0, 120, 8)]
    found = []
    for name in ("full", "whole"):
        with MediaPipeEstimator(bundle_path(name)) as estimator:
            found.append(np.array([estimator.detect(image) for image in frames]))
    assert found[0].shape == (15, 1, 33, 3)
    assert np.array_equal(found[0], found[1])
