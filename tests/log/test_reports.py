"""What the log keeps of a report: counts, means with their doubt, scores and faults; and the clips beside it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from plumbline.errors import OutputError, SettingsError
from plumbline.files import write_text
from plumbline.log import (
    MetricEntry,
    SetEntry,
    keep_clip,
    kept_clip,
    kind_of,
    metric_entry,
    set_by_hand,
    set_from_report,
    written_over,
)
from plumbline.pipeline import measure_pose
from plumbline.report import Report, build_report, report_json
from tests.athletes import JITTER, landmarks, movement
from tests.conftest import clip_info

NAN = float("nan")


def quantity(value: float, sd: float = 0.005, common: float | None = 0.003, unit: str = "s") -> SimpleNamespace:
    return SimpleNamespace(value=value, sd=sd, common_sd=common, unit=unit)


def rep(stance: str = "both", down: float | None = 1.0, lands: float | None = 1.6, **metrics: Any) -> SimpleNamespace:
    return SimpleNamespace(stance=stance, touchdown_s=down, landing_s=lands, metrics=metrics, verdicts=[])


def report(*reps: SimpleNamespace, drill: str | None = "pogo", **summary: Any) -> Any:
    """As much of a report as the log reads."""
    whole = {"metrics": {}, "faults": {}, "verdicts": []} | summary
    return SimpleNamespace(
        drill=None if drill is None else SimpleNamespace(id=drill),
        reps=list(reps),
        summary=SimpleNamespace(**whole),
        clip=SimpleNamespace(name="film.mp4", sha256="ab" * 32),
    )


def verdict(fault: str, label: str) -> SimpleNamespace:
    return SimpleNamespace(fault=fault, label=label)


def fault_count(count: int) -> SimpleNamespace:
    return SimpleNamespace(count=count, reps=list(range(1, count + 1)), called=count > 0)


# Sets --------------------------------------------------------------------------------------------


def test_a_report_becomes_a_set() -> None:
    """Contacts of 0.20 and 0.21: mean 0.205, scatter 7.07 ms. Own 4 ms of 5, so the scatter counts: over sqrt 2, 5.

    With the common 3 ms, sqrt(9 + 25) = 5.83 ms.
    """
    one, two = rep(contact_time_s=quantity(0.20)), rep(contact_time_s=quantity(0.21), rsi_ratio=quantity(2, 0.1, 0, ""))
    one.verdicts = [verdict("long_contact", "Long contact")]
    score = SimpleNamespace(mean=2.1, sd=0.1, unit="")
    found = set_from_report(
        report(
            one,
            two,
            metrics={"rsi_ten_five": score, "contact_time_s": score},
            faults={k: fault_count(n) for k, n in (("long_contact", 1), ("uneven", 2), ("x", 0))},
            verdicts=[verdict("uneven", "Uneven rhythm")],
        ),
        "out/report.json",
    )
    assert (found.drill, found.side, found.reps, found.contacts, found.source) == ("pogo", "both", 2, 2, "film")
    assert (found.film, found.film_sha256, found.report) == ("film.mp4", "ab" * 32, "out/report.json")
    contact = found.metrics["contact_time_s"]
    assert (contact.mean, contact.n, contact.unit) == (pytest.approx(0.205), 2, "s")
    assert contact.rep_sd == pytest.approx(0.00707107)
    assert (contact.common_sd, contact.sd) == (pytest.approx(0.003), pytest.approx(0.00583095))
    assert found.metrics["rsi_ratio"] == MetricEntry(mean=2, sd=0.1, n=1, unit="", common_sd=0, rep_sd=0.1)
    # A field test's score stands for the whole set; other summaries are not taken over.
    assert found.metrics["rsi_ten_five"] == MetricEntry(mean=2.1, sd=0.1, n=1, unit="")
    assert {k: (f.label, f.count) for k, f in found.faults.items()} == {
        "long_contact": ("Long contact", 1),
        "uneven": ("Uneven rhythm", 2),
        "x": ("x", 0),
    }


def test_a_fault_of_the_whole_set_is_on_all_of_its_reps() -> None:
    """An uneven rhythm names no reps; what is wrong in one rep of three, and not advised on, stays on one."""
    faults = {
        "uneven_rhythm": SimpleNamespace(count=1, reps=[], called=True),
        "heel_first": SimpleNamespace(count=1, reps=[2], called=False),
    }
    of_set = [verdict("uneven_rhythm", "Uneven rhythm")]
    found = set_from_report(report(rep(), rep(), rep(), faults=faults, verdicts=of_set)).faults
    assert {k: f.count for k, f in found.items()} == {"uneven_rhythm": 3, "heel_first": 1}


@pytest.mark.parametrize(("sure", "logged"), [(0, 3), (1, 3), (3, 3), (5, 5)])
def test_a_fault_that_the_mean_has_counts_as_many_reps_as_make_one(sure: int, logged: int) -> None:
    """Of ten reps three make a fault one of the set; no rep need be sure of it by itself."""
    faults = {"trunk_lean": SimpleNamespace(count=sure, reps=list(range(1, sure + 1)), called=True)}
    reps = [rep() for _ in range(10)]
    for one in reps:
        one.verdicts = [verdict("trunk_lean", "Trunk leans")]
    assert set_from_report(report(*reps, faults=faults)).faults["trunk_lean"].count == logged


@pytest.mark.parametrize(
    ("stances", "side"), [(("left", "left"), "left"), (("left", "right"), "both"), (("both",), "both")]
)
def test_the_side_is_that_of_all_reps(stances: tuple[str, ...], side: str) -> None:
    assert set_from_report(report(*(rep(s) for s in stances))).side == side


@pytest.mark.parametrize(
    ("drill", "contacts"),
    [("pogo", 3), ("skips", 6), ("squat", 0)],
)
def test_contacts_are_those_that_were_seen(drill: str, contacts: int) -> None:
    """Of four reps one has neither touchdown nor landing."""
    reps = [rep(), rep(down=None), rep(lands=None), rep(down=None, lands=None)]
    found = set_from_report(report(*reps, drill=drill))
    assert (found.reps, found.contacts, found.report) == (4, contacts, "")


def test_a_report_without_reps_is_nothing_to_log() -> None:
    for nothing in (report(drill=None), report(rep(), drill=None), report()):
        with pytest.raises(SettingsError, match=r"^the report of film\.mp4 has no reps: there is nothing to log\.$"):
            set_from_report(nothing)


def test_names_that_are_too_long_are_cut() -> None:
    long = report(rep())
    long.clip.name = 300 * "x"
    found = set_from_report(long, 2000 * "y")
    assert (len(found.film), len(found.report)) == (255, 1024)


def test_a_metric_over_a_set() -> None:
    """Four values 0.19 to 0.21 (scatter 8.165 ms); own parts 12, 12, 12 and 27 ms, whose root mean square counts."""
    values, sds = np.array([0.20, 0.21, 0.19, 0.20]), np.array([0.013, 0.013, 0.0120416, 0.0284605])
    found = metric_entry(values, sds, [0.005, 0.005, 0.001, 0.009], "s")
    assert (found.mean, found.n, found.common_sd) == (pytest.approx(0.2), 4, 0.005)
    assert found.rep_sd == pytest.approx(0.017037, abs=1e-6)
    assert found.sd == pytest.approx(0.009878, abs=1e-6)
    wide = metric_entry(np.array([0.1, 0.3]), np.full(2, 0.013), [0.005] * 2, "s")
    assert wide.rep_sd == pytest.approx(0.141421, abs=1e-6)
    # What is not parted counts as common: no less than one reading, nor than the scatter leaves.
    assert metric_entry(values, sds, [0.005, None, 0.005, 0.005], "s").sd == pytest.approx(0.013)
    spread = metric_entry(np.array([0.1, 0.3]), np.full(2, 0.013), [None, None], "s")
    assert (spread.sd, spread.common_sd, spread.rep_sd) == (pytest.approx(0.1), None, None)
    one = metric_entry(np.array([0.2]), np.array([0.013]), [0.005], "s")
    assert (one.n, one.sd, one.rep_sd) == (1, pytest.approx(0.013), pytest.approx(0.012))
    all_common = metric_entry(np.array([0.2]), np.array([0.004]), [0.005], "s")
    assert (all_common.sd, all_common.rep_sd) == (pytest.approx(0.005), 0.0)


def test_sets_by_hand() -> None:
    found = set_by_hand("skips", 12, "left")
    assert (found.drill, found.reps, found.side, found.contacts, found.source) == ("skips", 12, "left", 24, "hand")
    assert set_by_hand("strides", 4).contacts == 0
    assert set_by_hand("pogo", 4).side == "both"
    with pytest.raises(SettingsError, match="no drill 'pogoo'"):
        set_by_hand("pogoo", 3)


@pytest.mark.parametrize(
    ("drill", "kind"),
    [
        ("pogo", "jumps"),
        ("strides", "running"),
        ("run", "running"),
        ("donkey_kick", "strength"),
        ("high_knee_twist", "balance"),
        ("board_lateral_both", "balance"),
        ("single_leg_stance", "balance"),
        ("sitting_pike", "other"),
    ],
)
def test_the_kind_of_session_of_a_drill(drill: str, kind: str) -> None:
    assert kind_of(drill) == kind


# Clips -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured() -> Report:
    pose, _ = landmarks(movement("pogo"), JITTER)
    return build_report(measure_pose(pose, clip_info(pose)))


def own(found: Report, **change: Any) -> SetEntry:
    return SetEntry.model_validate({"drill": "pogo", "reps": 7, "film_sha256": found.clip.sha256} | change)


def test_a_clip_is_kept_beside_the_log(measured: Report, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"pictures")
    entry = set_from_report(measured)
    kept = keep_clip(tmp_path / "clips", entry, measured, film)
    folder = tmp_path / "clips" / entry.id
    assert kept == entry.model_copy(update={"report": str(folder / "report.json")})
    assert sorted(p.name for p in folder.iterdir()) == ["annotated.mp4", "report.json"]
    clip = kept_clip(kept)
    assert clip is not None
    assert clip.report == measured
    assert clip.film == folder / "annotated.mp4"
    assert clip.film.read_bytes() == b"pictures"
    assert not written_over(kept)
    again = keep_clip(tmp_path / "clips", entry, measured, None)  # a second time is no harm
    assert again == kept
    bare = keep_clip(tmp_path / "more", entry, measured, None)
    found = kept_clip(bare)
    assert found is not None
    assert found.film is None


def test_a_live_set_s_report_is_told_from_another_s_by_its_numbers(measured: Report, tmp_path: Path) -> None:
    assert measured.clip.sha256 == "", "a live session leaves no film"
    kept = keep_clip(tmp_path, set_from_report(measured), measured, None)
    write_text(Path(kept.report), report_json(measured.model_copy(update={"reps": measured.reps[1:]})))
    assert kept_clip(kept) is None
    assert written_over(kept)


def test_another_film_s_report_is_not_this_one_s(measured: Report, tmp_path: Path) -> None:
    kept = keep_clip(tmp_path, own(measured, film_sha256="1" * 64), measured, None)
    assert kept_clip(kept) is None
    assert written_over(kept)
    for gone in ("", str(tmp_path / "none.json")):
        lost = own(measured, report=gone)
        assert kept_clip(lost) is None
        assert not written_over(lost)
    junk = tmp_path / "junk.json"
    junk.write_text("{")
    assert kept_clip(own(measured, report=str(junk))) is None


def test_what_cannot_be_kept_leaves_nothing(measured: Report, tmp_path: Path) -> None:
    entry = own(measured)
    with pytest.raises(OutputError, match=r"^the clip cannot be kept with the log: .+\.$"):
        keep_clip(tmp_path / "clips", entry, measured, tmp_path / "none.mp4")
    assert not (tmp_path / "clips" / entry.id).exists()
