"""A film that is measured, logged, kept and forgotten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plumbline.errors import OutputError
from plumbline.files import delete, write_text
from plumbline.forget import forget
from plumbline.log import AthleteEntry, TrainingLog, keep_clip, kept_clip, set_from_report
from plumbline.pipeline import analyze
from plumbline.report import build_report, read_report, report_json
from plumbline.request import Request

DAY = date(2026, 3, 2)


def test_a_measured_film_becomes_a_set(samples: Path, tmp_path: Path) -> None:
    report = build_report(analyze(samples / "pogo_faults.mp4", Request(height_m=1.72)))
    entry = set_from_report(report, "out/report.json")
    assert (entry.drill, entry.reps, entry.contacts, entry.source) == ("pogo", 8, 8, "film")
    contact = entry.metrics["contact_time_s"]
    assert 0.22 < contact.mean < 0.28
    assert contact.common_sd is not None
    assert 0.01 < contact.common_sd < contact.sd < 0.06
    assert entry.faults["trunk_lean"].count == 3
    kept = keep_clip(tmp_path / "clips", entry, report, samples / "pogo_faults.mp4")
    clip = kept_clip(kept)
    assert clip is not None
    assert clip.report == report
    assert clip.film is not None
    assert clip.film.stat().st_size == (samples / "pogo_faults.mp4").stat().st_size
    assert kept_clip(entry) is None
    # A folder that is used again holds another film's results: they are neither shown nor forgotten.
    others = report.model_copy(update={"clip": report.clip.model_copy(update={"sha256": "1" * 64})})
    write_text(Path(kept.report), report_json(others))
    assert kept_clip(kept) is None
    with TrainingLog(str(tmp_path / "log.sqlite")) as log:
        log.save_athlete(athlete := AthleteEntry(name="A"))
        log.add_set(athlete, DAY, kept)
        assert forget(log, athlete).files == 0
    assert read_report(Path(kept.report)) == others
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be kept"):
        keep_clip(tmp_path / "file", entry, report, None)
    squats = build_report(analyze(samples / "squats.mp4", Request(drill="squat")))
    assert set_from_report(squats).contacts == 0


def test_what_cannot_be_deleted_is_said(tmp_path: Path) -> None:
    stays = tmp_path / "report.json"
    stays.mkdir()
    with pytest.raises(OutputError, match=r"report\.json cannot be deleted"):
        delete(stays)
    delete(tmp_path / "not there")
