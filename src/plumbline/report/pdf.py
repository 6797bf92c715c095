"""The report on paper: A4, the same words and numbers as the page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from plumbline.analysis import Analysis
from plumbline.catalogue import MetricLabel
from plumbline.language import _, say
from plumbline.report import _view
from plumbline.report._plots import curves_png, panels_of
from plumbline.report._schema import Report, RepOut
from plumbline.report.letterhead import Letterhead
from plumbline.report.paper import FONT, LINE_MM, TONES, Paper, Tone

STILLS, ACROSS, STILL_WIDTH_MM = 8, 4, 44
COLUMNS = 6
MARKS = {"fault": "!", "borderline": "?"}
REPS_ACROSS = 8


def report_pdf(report: Report, analysis: Analysis, stills: list[bytes], head: Letterhead | None = None) -> bytes:
    """The report as a PDF file.

    Parameters
    ----------
    report : Report
    analysis : Analysis
    stills : list of bytes
        JPEG pictures of the first reps' key instants, in order.
    head : Letterhead, optional
        Whom it is of and from; today's date alone by default.
    """
    head = head or Letterhead()
    page = Paper(f"{head.athlete or report.clip.name}, {head.day}")
    page.letterhead(head.athlete or report.clip.name, head.line, head.logo)
    name = f"{report.clip.name} · " if head.athlete else ""
    page.say(f"{name}{_view.headline(report)}", 9.5, "", "soft")
    for warning in report.warnings:
        page.say(_("Note: {message}", message=warning.said), 9, "", "borderline")
    # First the sheet for the athlete; what else was measured stands behind it.
    _faults(page, report)
    _reps(page, report)
    _standing(page, report)
    _stills(page, report, analysis, stills)
    _more_of_reps(page, report)
    _posture(page, report)
    _closing(page, report)
    if analysis.tracks.pose.found.any():
        page.picture(_("Over time"), curves_png(analysis, panels_of(analysis)))
    return bytes(page.output())


def _faults(page: Paper, report: Report) -> None:
    if not report.reps:
        return
    page.heading(_("What to work on"))
    found = _view.faults(report)
    for fault in found:
        page.say(f"! {fault['label']}: {fault['cue']}", 10, "B", "fault")
        worst = _("Worst: {number}.", number=fault["number"])
        page.say(f"{fault['message']}: {fault['where']}. {worst}", 9, "", "soft")
    if not found:
        page.say(_view.nothing_wrong(report))
    for words in _view.beside(report):
        page.say(words, 9, "", "soft")


def _reps(page: Paper, report: Report) -> None:
    columns, rows = _view.rows(report)
    if not rows:
        return
    page.heading(_("Reps"))
    _rep_table(page, columns[:COLUMNS], [{**row, "cells": row["cells"][:COLUMNS]} for row in rows], first=True)
    page.say(
        _("± is the standard uncertainty. ! is a fault beyond it, ? = borderline, too close to call."), 8, "", "soft"
    )


def _more_of_reps(page: Paper, report: Report) -> None:
    """The columns for which the first table has no room."""
    columns, rows = _view.rows(report)
    if len(columns) > COLUMNS and rows:
        page.heading(_("Other numbers of the reps"))
    for at in range(COLUMNS, len(columns), COLUMNS):
        part = slice(at, at + COLUMNS)
        _rep_table(page, columns[part], [{**row, "cells": row["cells"][part]} for row in rows], first=False)


def _rep_table(page: Paper, shown: list[MetricLabel], rows: list[dict[str, Any]], first: bool) -> None:
    legs = [_("Leg")] if any(row["leg"] for row in rows) else []
    table = [[_("Rep"), *legs, *([_("Findings")] if first else []), *(c.heading for c in shown)]]
    for row in rows:
        findings = "\n".join(f"{MARKS[v.verdict]} {say(v.label)}" for v in row["findings"]) or row["none"]["words"]
        cells = [
            " ".join([c["value"], *([c["side"]] if c["side"] else []), f"± {c['sd']}"]) if "sd" in c else c["value"]
            for c in row["cells"]
        ]
        leg = [row["leg"]] if legs else []
        table.append([f"{row['index']} {row['by_hand']}".strip(), *leg, *([findings] if first else []), *cells])
    edited = any(row["by_hand"] for row in rows)
    tall = LINE_MM * (len(rows) + 2)
    if not first and tall < page.eph / 2 and page.will_page_break(tall):
        page.add_page()  # a short table is not parted
    page.grid(table, (18 if edited else 10, *([12] * len(legs)), *([34] if first else []), *([23] * len(shown))))
    page.ln(2)


def _standing(page: Paper, report: Report) -> None:
    """Posture in quiet standing, with what is wrong in it."""
    standing = _view.standing(report)
    if standing is None:
        return
    page.heading(_("Standing posture"))
    page.grid([["", ""], *([m["label"], m["said"]] for m in standing["metrics"])], (60, 115))
    for v in standing["findings"]:
        tone: Tone = "fault" if v.verdict == "fault" else "borderline"
        page.say(f"{MARKS[v.verdict]} {say(v.label)}: {say(v.cue)}", 9.5, "B", tone)


def _posture(page: Paper, report: Report) -> None:
    """Every other number of every rep, so many reps to a table."""
    rows = _view.every_metric(report)
    numbers = [_("Rep {n}", n=r.index) for r in report.reps]
    for first in range(0, len(numbers) if rows else 0, REPS_ACROSS):
        part = slice(first, first + REPS_ACROSS)
        heading = _("Posture and joints, rep by rep")
        more = _("Posture and joints, rep by rep, rep {n} on", n=report.reps[first].index)
        page.heading(more if first else heading, 40)
        count = len(numbers[part])
        table = [["", *numbers[part], "±"], *([words, *cells[part], sd] for words, cells, sd in rows)]
        page.grid(table, (180 - 13 * count - 10, *([13] * count), 10), 7.5)
    if rows:
        page.say(_("± is the standard uncertainty of one rep's number: the median over the reps."), 8, "", "soft")


def _stills(page: Paper, report: Report, analysis: Analysis, stills: list[bytes]) -> None:
    if not stills:
        return
    pairs, of_set = list(zip(report.reps, stills[:STILLS], strict=False)), _view.faults_judged(report)
    for first in range(0, len(pairs), ACROSS):
        row = pairs[first : first + ACROSS]
        most = max(sum(v.verdict == "fault" for v in rep.verdicts) for rep, _picture in row)
        row_mm = STILL_WIDTH_MM * 4 / 3 + 7 + 3.6 * max(most - 1, 1)
        if first == 0:
            page.heading(_view.strip_title(analysis.drill), 12 + row_mm)
        elif page.will_page_break(row_mm):
            page.add_page()
        top = page.get_y()
        for k, (rep, picture) in enumerate(row):
            at = page.l_margin + k * (STILL_WIDTH_MM + 1.3), top
            _still(page, rep, picture, at, _view.no_findings(rep, of_set)["words"])
        page.set_xy(page.l_margin, top + row_mm)


def _still(page: Paper, rep: RepOut, picture: bytes, at: tuple[float, float], clean: str) -> None:
    """A still with its rep's faults below, or with `clean` where it has none."""
    tall = STILL_WIDTH_MM * 4 / 3
    page.image(BytesIO(picture), x=at[0], y=at[1], w=STILL_WIDTH_MM, h=tall, keep_aspect_ratio=True)
    page.set_xy(at[0], at[1] + tall + 0.5)
    faults = [say(v.label) for v in rep.verdicts if v.verdict == "fault"]
    page.set_font(FONT, "B" if faults else "", 7.5)
    page.set_text_color(*TONES["fault" if faults else "soft"])
    page.multi_cell(STILL_WIDTH_MM, 3.6, _("Rep {n}", n=rep.index) + f": {', '.join(faults) or clean}", align="L")


def _closing(page: Paper, report: Report) -> None:
    lines = _view.summary(report)
    if lines:
        page.heading(_("Summary"))
        table = [[_("Metric"), _("Mean"), _("Spread (sd)"), _("95 % interval of the mean"), _("Reps")]]
        for s in lines:
            table.append([s["label"], s["mean"], s["sd"], s["interval"], str(s["n"])])
        page.grid(table, (60, 30, 25, 45, 15))
    sides = _view.left_and_right(report)
    if sides:
        page.heading(_("Left against right"))
        page.grid(
            [[_("Metric"), _("Left"), _("Right")], *([s["label"], s["left"], s["right"]] for s in sides)], (85, 45, 45)
        )
    page.heading(_("How it was filmed"))
    page.grid([["", ""], *([f["what"], f["words"]] for f in _view.filmed(report))], (25, 150))
    withheld = _view.withheld(report)
    if withheld:
        page.heading(_("Not measured"))
        for name, why in withheld:
            page.say(f"{name}: {why}.", 9)
