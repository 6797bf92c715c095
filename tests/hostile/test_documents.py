"""Documents that were damaged or made up are read, or refused in one line."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbline.edits import read_edits
from plumbline.errors import PlumblineError
from plumbline.log import (
    AthleteEntry,
    Discomfort,
    MetricEntry,
    SessionEntry,
    SetEntry,
    TrainingLog,
    export_json,
    import_json,
)
from plumbline.pipeline import measure_pose
from plumbline.report import build_report, read_report, report_json
from plumbline.request import Limits
from plumbline.resources import DATA
from plumbline.validation import read_truth
from tests.athletes import JITTER, landmarks, movement
from tests.conftest import clip_info

MUTANTS = 150
VALUES: tuple[Any, ...] = (None, -1, 0, 2**70, 1e308, "", "x" * 5000, [], {}, True, [[]], {"a": {}}, "nan", -0.5)

POSE, _ = landmarks(movement("pogo"), JITTER)
REPORT = report_json(build_report(measure_pose(POSE, clip_info(POSE))))
EDITS = json.dumps(
    {
        "schema": "plumbline/edits/1",
        "drill": "pogo",
        "athlete": "1",
        "reps": [{"rep": 2, "touchdown": {"frames": -1}, "toe_off": {"ms": 8}}, {"rep": 1, "delete": True}],
    }
)


def log_text(folder: Path) -> str:
    """An exported log with something of everything."""
    metrics = {"contact_time_s": MetricEntry(mean=0.184, sd=0.004, n=10, unit="s")}
    done = SetEntry(drill="pogo", reps=10, contacts=10, metrics=metrics)
    pain = (Discomfort(where="left calf", score=2),)
    with TrainingLog(str(folder / "one.sqlite")) as log:
        who = AthleteEntry(name="A")
        log.save_athlete(who)
        log.save_session(who, SessionEntry(day=date(2026, 3, 2), kind="jumps", discomfort=pain, sets=(done,)))
        return export_json(log)


def places(document: Any, way: tuple = ()) -> Iterator[tuple]:
    """The way to every value of a document."""
    items = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, value in items:
        yield (*way, key)
        yield from places(value, (*way, key))


def damaged(text: str, seed: int) -> str:
    """A document with one or two values exchanged for others, dropped or doubled."""
    rng = random.Random(seed)
    document = json.loads(text)
    for _ in range(rng.randint(1, 2)):
        *way, last = rng.choice(list(places(document)))
        spot = document
        for key in way:
            spot = spot[key]
        what = rng.random()
        if what < 0.2:
            del spot[last]
        elif what < 0.3 and isinstance(spot, list):
            spot.append(copy.deepcopy(spot[last]))
        else:
            spot[last] = rng.choice(VALUES)
        if not list(places(document)):
            break
    out = json.dumps(document)
    return out if rng.random() < 0.9 else out[: rng.randint(0, len(out))]


def holds(read: Callable[[Path], object], path: Path) -> None:
    try:
        read(path)
    except PlumblineError as error:
        assert str(error)
        assert "Traceback" not in str(error)


def into_a_log(path: Path) -> None:
    with TrainingLog(str(path.parent / "log.sqlite")) as log:
        before = export_json(log)
        try:
            import_json(log, path)
        except PlumblineError:
            assert export_json(log) == before, "a refused file changed the log"
            raise


READERS: dict[str, Callable[[Path], object]] = {
    "report": read_report,
    "edits": read_edits,
    "truth": read_truth,
    "limits": Limits.load,
    "log": into_a_log,
}


@pytest.mark.parametrize("kind", ["report", "edits", "log"])
def test_damaged_documents(kind: str, tmp_path: Path) -> None:
    text = {"report": REPORT, "edits": EDITS}.get(kind) or log_text(tmp_path)
    path = tmp_path / "document.json"
    path.write_text(text, encoding="utf-8")
    READERS[kind](path)
    for seed in range(MUTANTS):
        path.write_text(damaged(text, seed), encoding="utf-8")
        holds(READERS[kind], path)


def test_damaged_limits(tmp_path: Path) -> None:
    path = tmp_path / "limits.toml"
    tables = ("faults.toml", "settings/measuring.toml")
    lines = [line for name in tables for line in (DATA / name).read_text().splitlines()]
    for seed in range(MUTANTS):
        rng = random.Random(seed)
        some = rng.sample(lines, 12)
        k = rng.randrange(len(some))
        some[k] = some[k][: rng.randrange(len(some[k]) + 1)] + rng.choice(
            ["", "=", "[", "nan", '"', "\x00", "-1", "1e999"]
        )
        path.write_text("\n".join(some), encoding="utf-8")
        holds(Limits.load, path)


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_anything_at_all(kind: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "document"
    path.write_bytes(content)
    holds(READERS[kind], path)


@pytest.mark.parametrize("kind", READERS)
def test_a_document_nested_without_end(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "document"
    path.write_text("a = " * (kind == "limits") + "[" * 100_000)
    holds(READERS[kind], path)
