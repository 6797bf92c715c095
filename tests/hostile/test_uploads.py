"""The corpus as the app takes films in: kept under safe names, measured or refused in one line, and gone again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from plumbline.app._jobs import Store
from plumbline.request import Request
from tests.hostile.corpus import NAMES, corpus

# Of the damaged films and the rare kinds one in so many: reading them all is other tests' matter.
ONE_IN_DAMAGED, ONE_IN_RARE = 60, 6
ALWAYS = {*NAMES, "text.mp4", "sound.mp4"}


def chosen(folder: Path) -> list[tuple[str, bytes]]:
    """Films of every name, some that were damaged, and some of rare kinds."""
    out = []
    for k, (name, data) in enumerate(corpus(folder)):
        one_in = ONE_IN_DAMAGED if name.startswith(("mutant", "cut")) else ONE_IN_RARE
        if name in ALWAYS or k % one_in == 0:
            out.append((name, data))
    return out


def test_no_upload_of_the_corpus_does_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    for folder in ("temp", "build"):
        (tmp_path / folder).mkdir()
    store = Store(tmp_path / "app")
    films = chosen(tmp_path / "build")
    films += [("../../../above.mp4", films[-1][1]), ("/etc/passwd", b"x"), ("C:\\windows\\a.mp4", b"x"), ("..", b"x")]
    assert len(films) > 40
    told: dict[str, str] = {}
    for name, data in films:
        job = store.add(name, lambda path, data=data: path.write_bytes(data), Request())
        assert job.source.parent.parent == job.folder
        assert job.folder.parent == store.root
        while job.state == "working":
            time.sleep(0.02)
        told[name] = job.state
        if job.state == "failed":
            assert job.error
            assert "\n" not in job.error
            assert str(tmp_path) not in job.error
            assert "did not foresee" not in job.error, (name, job.error)
        else:
            assert job.state == "measured"
        store.forget(job.token)
    store._pool.shutdown()
    assert {told[name] for name in NAMES if not name.startswith("no\udce9")} == {"measured"}
    assert told["text.mp4"] == told["sound.mp4"] == told["/etc/passwd"] == "failed"
    assert list(store.root.iterdir()) == [], "something is left of a film that was forgotten"
    assert list((tmp_path / "temp").iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["app", "build", "temp"]
