"""Documents that were damaged or made up are read, or refused in one line."""

from __future__ import annotations

import copy
import json
import os
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbline.edits import read_edits
from plumbline.errors import PlumblineError
from plumbline.files import DOCUMENT_BYTES
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
from plumbline.validation import Comparison, compare, labels_of, read_truth
from tests.athletes import JITTER, landmarks, movement
from tests.conftest import clip_info

MUTANTS = 150
VALUES: tuple[Any, ...] = (None, -1, 0, 2**70, 1e308, "", "x" * 5000, [], {}, True, [[]], {"a": {}}, "nan", -0.5)

POSE, _ = landmarks(movement("pogo"), JITTER)
MEASURED = build_report(measure_pose(POSE, clip_info(POSE)))
REPORT = report_json(MEASURED)
TRUTH = json.dumps(labels_of(MEASURED))
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


LIMITS = """
[faults.long_contact]
above = 0.220

[faults.own_row]
fault = "own"
label = "Own"
metric = "contact_time_s"
drills = ["pogo"]
below = 0.1
message = "Too short"
cue = "Wait"
scope = "clip"

[measuring.cutoff_hz]
value = 10.0
"""


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
    "truth": lambda path: compare(MEASURED, read_truth(path), Comparison()),
    "limits": Limits.load,
    "log": into_a_log,
}


WHOLE: dict[str, str] = {"report": REPORT, "edits": EDITS, "truth": TRUTH, "limits": LIMITS}


@pytest.mark.parametrize("kind", ["report", "edits", "truth", "log"])
def test_damaged_documents(kind: str, tmp_path: Path) -> None:
    text = WHOLE.get(kind) or log_text(tmp_path)
    path = tmp_path / "document.json"
    path.write_text(text, encoding="utf-8")
    READERS[kind](path)
    for seed in range(MUTANTS):
        path.write_text(damaged(text, seed), encoding="utf-8")
        holds(READERS[kind], path)


def test_damaged_limits(tmp_path: Path) -> None:
    path = tmp_path / "limits.toml"
    path.write_text(LIMITS)
    assert "own_row" in {rule.id for rule in Limits.load(path).rules}
    lines = LIMITS.splitlines()
    for seed in range(MUTANTS):
        rng = random.Random(seed)
        some = list(lines)
        k = rng.randrange(len(some))
        some[k] = some[k][: rng.randrange(len(some[k]) + 1)] + rng.choice(
            ["", "=", "[", "nan", '"', "\x00", "-1", "1e999", "= 3", "= [1]", "= {}"]
        )
        path.write_text("\n".join(some), encoding="utf-8")
        holds(Limits.load, path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("faults = 3", "write faults as tables"),
        ("measuring = [1]", "write measuring as tables"),
        ('[faults.long_contact]\nmetric = "contact_tim"', "there is no metric 'contact_tim'"),
        ('[faults.long_contact]\ndrills = ["pogos"]', "there is no drill 'pogos'"),
        ('[faults.long_contact]\nscope = "reps"', "scope must be rep or clip"),
        ("[faults.long_contact]\nabove = " + "9" * 5000, "not valid TOML"),
    ],
)
def test_limits_that_would_do_nothing_are_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "limits.toml"
    path.write_text(text)
    with pytest.raises(PlumblineError, match=re.escape(said)):
        Limits.load(path)


@pytest.mark.parametrize("kind", ["report", "edits", "truth", "log"])
def test_a_number_without_end(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    text = WHOLE.get(kind) or log_text(tmp_path)
    path.write_text(text.replace("1", "9" * 5000, 1) if kind != "truth" else '{"schema": %s}' % ("9" * 5000))
    with pytest.raises(PlumblineError):
        READERS[kind](path)


@pytest.mark.parametrize("kind", READERS)
def test_a_file_beyond_all_size(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "document"
    with path.open("wb") as file:
        file.truncate(DOCUMENT_BYTES + 1)
    with pytest.raises(PlumblineError, match="larger than such a file can be"):
        READERS[kind](path)


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("read", [read_report, read_edits, read_truth, Limits.load])
def test_what_has_no_end_is_not_read(read: Callable[[Path], object], tmp_path: Path) -> None:
    pipe, device = tmp_path / "pipe", tmp_path / "device"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    for endless in (pipe, device):
        with pytest.raises(PlumblineError, match="is not a file"):
            read(endless)


def test_days_and_numbers_that_nobody_has_stay_out_of_the_log(tmp_path: Path) -> None:
    file = tmp_path / "log.json"
    whole = log_text(tmp_path)
    with TrainingLog(str(tmp_path / "two.sqlite")) as log:
        for part, odd in ((r'"day": "[0-9-]+"', '"day": "9999-12-31"'), (r'"mean": 0.184', '"mean": 1e308')):
            file.write_text(re.sub(part, odd, whole, count=1))
            with pytest.raises(PlumblineError):
                import_json(log, file)
        assert log.athletes() == []


def test_a_name_steers_no_terminal() -> None:
    assert AthleteEntry(name="\x1b[31mRed\x00").name == "[31mRed"
    with pytest.raises(ValueError, match="nothing to read"):
        AthleteEntry(name="\x1b\x00")


def test_a_rep_that_no_body_does_is_not_added(tmp_path: Path) -> None:
    file = tmp_path / "edits.json"
    for times in ((0.5, 0.5001, 0.8), (0.1, 0.3, 4.5)):
        row = dict(zip(("touchdown_s", "toe_off_s", "landing_s"), times, strict=True))
        file.write_text(json.dumps({"schema": "plumbline/edits/1", "added": [row]}))
        with pytest.raises(PlumblineError, match="at least, a flight"):
            read_edits(file)
