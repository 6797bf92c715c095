from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from pypdf import PdfReader

from plumbline.analysis import Analysis
from plumbline.catalogue import metric_label
from plumbline.draw._overlay import summary_lines
from plumbline.faults import Verdict
from plumbline.files import write_text
from plumbline.pipeline import measure_pose
from plumbline.pose import PoseSequence
from plumbline.report import (
    build_report,
    faults_of_clip,
    findings_of_rep,
    frames_csv,
    json_schema,
    report_html,
    report_json,
    reps_csv,
    table_of_reps,
)
from plumbline.report._schema import FaultCountOut, QuantityOut
from plumbline.report.paper import Paper
from plumbline.report.pdf import report_pdf
from tests.athletes import JITTER, landmarks, movement
from tests.conftest import clip_info

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    pose, _ = landmarks(movement("pogo"), replace(JITTER, missing_share=0.02))
    return measure_pose(pose, clip_info(pose))


@pytest.fixture(scope="module")
def empty() -> Analysis:
    n = 20
    pose = PoseSequence(np.arange(n) / 30, np.full((n, 33, 2), np.nan), np.zeros((n, 33)), 100, 80)
    return measure_pose(pose, clip_info(pose))


def test_published_schema_is_the_one_in_force() -> None:
    assert (DOCS / "report.schema.json").read_text(encoding="utf-8") == json_schema()


@pytest.mark.parametrize("which", ["analysis", "empty"])
def test_report_is_valid(which: str, request: pytest.FixtureRequest) -> None:
    document = json.loads(report_json(build_report(request.getfixturevalue(which))))
    jsonschema.validate(document, json.loads(json_schema()))
    assert document["schema"] == "plumbline/report/1"


def test_empty_clip_has_a_warning_and_no_reps(empty: Analysis) -> None:
    report = build_report(empty)
    assert report.reps == []
    assert [w.code for w in report.warnings] == ["no_person"]


def unjudged(analysis: Analysis) -> Analysis:
    reps = tuple(replace(m, verdicts=()) for m in analysis.reps)
    return replace(analysis, called=frozenset(), reps=reps, clip_verdicts=())


def test_reps_to_which_no_limit_applies_are_not_called_fine(analysis: Analysis) -> None:
    """A drill without rows in the table of faults is measured, and nothing is said to be right with it."""
    bare = unjudged(analysis)
    report = build_report(bare)
    page = "".join(report_html(report, bare, []))
    assert "no faults" not in page.lower()
    assert "Measured, not judged: no limit applies to what this clip shows." in page
    assert next(words for words, _colour in summary_lines(bare)) == "Not judged: no limit applies"


def test_the_film_s_card_says_how_sure_a_mean_is(analysis: Analysis) -> None:
    """Beneath it stands that ± is the standard uncertainty: not how the reps scatter."""
    s = analysis.summary["contact_time_s"]
    surely = replace(s, mean=0.2, sd=0.004, mean_sd=0.013)
    told = summary_lines(replace(analysis, summary={"contact_time_s": surely}))
    assert any("200 ± 13 ms" in words for words, _colour in told)


def test_the_film_s_card_begins_with_what_the_report_begins_with(analysis: Analysis) -> None:
    """A fault by 1 sd is met first in every rep, one by 4 sd after it."""

    def by(fault: str, sds: float) -> Verdict:
        value = 0.25 + 0.01 * sds
        return Verdict(fault, fault.capitalize(), "fault", "contact_time_s", value, 0.01, "s", 0.25, "", "")

    reps = tuple(replace(m, verdicts=(by("small", 1), by("large", 4))) for m in analysis.reps)
    odd = replace(analysis, reps=reps, called=frozenset({"small", "large"}), clip_verdicts=())
    card = [words for words, _colour in summary_lines(odd) if words.startswith("! ")]
    assert [words[2:].partition(":")[0] for words in card] == ["Large", "Small"]
    assert [f["label"] for f in faults_of_clip(build_report(odd))] == ["Large", "Small"]


def test_numbers_that_findings_rest_on_come_first_and_the_others_behind_the_pictures(analysis: Analysis) -> None:
    report = build_report(analysis)
    columns, _rows = table_of_reps(report)
    found = {v.metric for r in report.reps for v in findings_of_rep(r)}
    placed = [c.name in found for c in columns]
    assert placed == sorted(placed, reverse=True)
    words = " ".join(
        " ".join(p.extract_text().split()) for p in PdfReader(BytesIO(report_pdf(report, analysis, []))).pages
    )
    order = [words.index(part) for part in ("What to work on", "Reps", "Other numbers of the reps", "Summary")]
    assert order == sorted(order)


def test_paper_has_the_standing_posture(analysis: Analysis) -> None:
    report = build_report(analysis)
    lean = QuantityOut(value=12.0, sd=2.0, unit="deg")
    stood = report.reps[1].model_copy(update={"metrics": {"trunk_lean_deg": lean}})
    paper = PdfReader(BytesIO(report_pdf(report.model_copy(update={"standing": stood}), analysis, [])))
    words = " ".join(" ".join(p.extract_text().split()) for p in paper.pages)
    assert "Standing posture" in words
    assert "12 ± 2°" in words


def test_a_drill_that_is_not_sure_is_said_to_be_unjudged_not_fine(analysis: Analysis) -> None:
    unsure = replace(unjudged(analysis), confidence=0.7)
    report = build_report(unsure)
    assert report.drill is not None and not report.drill.judged
    page = "".join(report_html(report, unsure, []))
    assert "no faults" not in page.lower()
    assert page.count("not judged") >= len(report.reps)
    paper = PdfReader(BytesIO(report_pdf(report, unsure, [])))
    words = " ".join(p.extract_text() for p in paper.pages)
    assert "not judged" in words and "no faults" not in words.lower()


def test_paper_has_every_column_of_the_page(analysis: Analysis) -> None:
    report = build_report(analysis)
    words = " ".join(
        "".join(p.extract_text() for p in PdfReader(BytesIO(report_pdf(report, analysis, []))).pages).split()
    )
    columns, _ = table_of_reps(report)
    assert len(columns) > 6
    assert not [c.heading for c in columns if c.heading.split(",")[0] not in words]


def test_paper_says_what_its_typeface_cannot_write() -> None:
    page = Paper("王小明")
    page.say("王小明 jumps")
    words = PdfReader(BytesIO(bytes(page.output()))).pages[0].extract_text()
    assert "no cjk signs" in words
    assert "jumps" in words


def test_paper_writes_arabic_from_right_to_left() -> None:
    page = Paper("")
    page.say("محمد علي")
    read = PdfReader(BytesIO(bytes(page.output()))).pages[0].extract_text()
    assert read.splitlines()[0] == "محمد علي"


def test_every_metric_has_value_sd_and_unit(analysis: Analysis) -> None:
    report = build_report(analysis)
    assert len(report.reps) == 7
    for rep in report.reps:
        assert len(rep.metrics) > 25
        assert all(q.sd > 0 and q.unit for q in rep.metrics.values())
        assert rep.touchdown_s < rep.toe_off_s < rep.landing_s


def test_tables_have_a_row_each(analysis: Analysis) -> None:
    report = build_report(analysis)
    reps = list(csv.DictReader(io.StringIO(reps_csv(report))))
    frames = list(csv.DictReader(io.StringIO(frames_csv(analysis))))
    assert (len(reps), len(frames)) == (7, len(analysis.pose))
    assert float(reps[0]["contact_time_s"]) == pytest.approx(report.reps[0].metrics["contact_time_s"].value, rel=1e-4)
    assert {f["in_contact"] for f in frames} == {"0", "1"}
    assert "nan" not in frames_csv(analysis)


def test_html_stands_alone_and_escapes(analysis: Analysis) -> None:
    evil = "<script>alert(1)<script>.mp4"
    named = replace(analysis, clip=replace(analysis.clip, path=Path(evil)))
    html = "".join(report_html(build_report(named), named, [b"\xff\xd8picture"]))
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    for tag in ('src="http', "src='http", '<link rel="stylesheet" href="http', "@import"):
        assert tag not in html
    assert html.count("<tr><td>") >= 7
    assert "data:image/jpeg;base64," in html


def test_zero_has_no_sign() -> None:
    lean = metric_label("trunk_lean_deg")
    assert [lean.number(x) for x in (-0.4, -0.0, 0.4, -0.6, float("nan"))] == ["0", "0", "0", "-1", "nan"]


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Exception, match="No space left"):
        write_text(target, "new")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_paper_says_who_and_when_and_nothing_of_the_command_line(analysis: Analysis) -> None:
    from datetime import date

    from plumbline.report.letterhead import Letterhead
    from plumbline.report.pdf import report_pdf

    head = Letterhead("Åse Nguyễn", "Kari Berg", "Track club", date(2026, 3, 31))
    assert head.line == "31 March 2026 · Coach: Kari Berg · Track club"
    assert Letterhead(day=date(2026, 3, 1)).line == "1 March 2026"
    assert report_pdf(build_report(analysis), analysis, [], head).startswith(b"%PDF")


def test_a_logo_that_is_none_is_one_line(analysis: Analysis) -> None:
    from plumbline.errors import SettingsError
    from plumbline.report.letterhead import Letterhead
    from plumbline.report.pdf import report_pdf

    with pytest.raises(SettingsError, match="logo is not a picture"):
        report_pdf(build_report(analysis), analysis, [], Letterhead(logo=b"no picture"))


def test_every_number_of_a_rep_stands_in_one_of_the_tables(analysis: Analysis) -> None:
    from plumbline.report._view import every_metric, rows

    report = build_report(analysis)
    columns, _ = rows(report)
    assert len(columns) + len(every_metric(report)) == len({n for r in report.reps for n in r.metrics})


def test_what_mends_a_clip_stands_apart_from_the_words() -> None:
    """Whoever reads a page or a PDF has no command line."""
    pose, _ = landmarks(movement("pogo"), JITTER, fps=240)
    slow = PoseSequence(pose.time_s * 4, pose.xy, pose.visibility, pose.width, pose.height)
    (warning,) = [w for w in build_report(measure_pose(slow, clip_info(slow))).warnings if w.code == "slow_motion"]
    assert "--" not in warning.message
    assert warning.option == "--capture-fps 240 or --height-m"


def test_the_worst_of_a_fault_is_the_worst_however_far_beyond(analysis: Analysis) -> None:
    """Contacts of 310, 350 and 330 ms by a limit of 250 ± 4: 15, 25 and 20 sd beyond."""
    report = build_report(analysis)
    long_contact = next(v for r in report.reps for v in r.verdicts if v.fault == "long_contact")
    values = (0.31, 0.35, 0.33)
    bad = [long_contact.model_copy(update={"verdict": "fault", "value": v, "sd": 0.004, "limit": 0.25}) for v in values]
    also = bad[0].model_copy(update={"fault": "heel_first", "value": 0.37})
    reps = [r.model_copy(update={"verdicts": [v]}) for r, v in zip(report.reps, bad, strict=False)]
    called = {"long_contact": FaultCountOut(count=3, reps=[1, 2, 3], called=True)}
    summary = report.summary.model_copy(update={"faults": called, "verdicts": []})
    (told,) = faults_of_clip(report.model_copy(update={"reps": reps, "summary": summary}))
    assert "350" in told["number"]
    assert [v.value for v in findings_of_rep(reps[0].model_copy(update={"verdicts": [*bad, also]}))] == [
        0.37,
        0.35,
        0.33,
        0.31,
    ]


def test_the_film_is_shown_where_the_still_was_taken(analysis: Analysis) -> None:
    report = build_report(analysis)
    assert [r.seek_s for r in report.reps] == pytest.approx([m.rep.key_s for m in analysis.reps], abs=1e-4)
    # A report of before knows only events: clips are laid on each other by these.
    old = report.reps[0].model_copy(update={"key_s": None, "touchdown_s": None, "landing_s": 2.5})
    assert (old.seek_s, old.zero_s) == (2.5, 2.5)


def test_a_slowed_film_has_its_own_clock(analysis: Analysis) -> None:
    clip = build_report(replace(analysis, clip=analysis.clip.slowed(4))).clip
    assert clip.film_s(0.5) == pytest.approx(2.0)
    # A camera's rate by its median frame and by its mean are not the same; the film is on the real clock.
    live = clip.model_copy(update={"capture_fps": 30.3, "container_fps": 29.9, "time_scale": 1.0})
    assert live.film_s(10.0) == 10.0
    assert live.model_copy(update={"time_scale": None}).film_s(10.0) == pytest.approx(10 * 30.3 / 29.9)
