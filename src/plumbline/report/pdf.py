"""The report on paper: A4, the same words and numbers as the page."""

from __future__ import annotations

from io import BytesIO

from plumbline.analysis import Analysis
from plumbline.report import _view
from plumbline.report._plots import curves_png, panels_of
from plumbline.report._schema import Report
from plumbline.report.letterhead import Letterhead
from plumbline.report.paper import FONT, TONES, Paper

STILLS, STILL_WIDTH_MM = 8, 44
COLUMNS = 6
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
        page.say(f"Mind: {_view.without_options(warning.message)}", 9, "", "borderline")
    _faults(page, report)
    _reps(page, report)
    _stills(page, report, analysis, stills)
    _posture(page, report)
    _closing(page, report)
    if analysis.tracks.pose.found.any():
        page.picture("Over time", curves_png(analysis, panels_of(analysis)))
    return bytes(page.output())


def _faults(page: Paper, report: Report) -> None:
    if not report.reps:
        return
    page.heading("What to work on")
    found = _view.faults(report)
    for fault in found:
        where = f": rep {fault['reps']}" if fault["reps"] else ""
        page.say(f"! {fault['label']}: {fault['cue']}", 10, "B", "fault")
        page.say(f"{fault['message']}{where}.", 9, "", "soft")
    if not found:
        page.say("No faults found.")


def _reps(page: Paper, report: Report) -> None:
    columns, rows = _view.rows(report)
    if not rows:
        return
    page.heading("Reps")
    shown = columns[:COLUMNS]
    table = [["Rep", "Findings", *(c.heading for c in shown)]]
    for row in rows:
        marks = {"fault": "!", "borderline": "?"}
        findings = "\n".join(f"{marks[v.verdict]} {v.label}" for v in row["findings"]) or "ok"
        cells = [f"{c['value']} ± {c['sd']}" if "sd" in c else c["value"] for c in row["cells"][:COLUMNS]]
        table.append([str(row["index"]), findings, *cells])
    page.grid(table, (10, 34, *([23] * len(shown))))
    page.say("± is the standard uncertainty. ! is a fault beyond it, ? = borderline, too close to call.", 8, "", "soft")


def _posture(page: Paper, report: Report) -> None:
    """Every other number of every rep, so many reps to a table."""
    rows = _view.every_metric(report)
    numbers = [f"Rep {r.index}" for r in report.reps]
    for first in range(0, len(numbers) if rows else 0, REPS_ACROSS):
        part = slice(first, first + REPS_ACROSS)
        more = f", {numbers[part][0].lower()} on" if first else ""
        page.heading(f"Posture and joints, rep by rep{more}", 40)
        count = len(numbers[part])
        table = [["", *numbers[part]], *([words, *cells[part]] for words, cells in rows)]
        page.grid(table, (180 - 13 * count, *([13] * count)), 7.5)


def _stills(page: Paper, report: Report, analysis: Analysis, stills: list[bytes]) -> None:
    if not stills:
        return
    rows = -(-min(len(stills), STILLS, len(report.reps)) // 4)
    most = max(sum(v.verdict == "fault" for v in r.verdicts) for r in report.reps[:STILLS]) if report.reps else 0
    row_mm = STILL_WIDTH_MM * 4 / 3 + 7 + 3.6 * max(most - 1, 1)
    page.heading(_view.strip_title(analysis.drill), 20 + rows * row_mm)
    top, left = page.get_y(), page.l_margin
    for k, (rep, picture) in enumerate(zip(report.reps, stills[:STILLS], strict=False)):
        x, y = left + (k % 4) * (STILL_WIDTH_MM + 1.3), top + (k // 4) * row_mm
        page.image(BytesIO(picture), x=x, y=y, w=STILL_WIDTH_MM, h=STILL_WIDTH_MM * 4 / 3, keep_aspect_ratio=True)
        page.set_xy(x, y + STILL_WIDTH_MM * 4 / 3 + 0.5)
        faults = [v.label for v in rep.verdicts if v.verdict == "fault"]
        page.set_font(FONT, "B" if faults else "", 7.5)
        page.set_text_color(*TONES["fault" if faults else "soft"])
        words = f"Rep {rep.index}: {', '.join(faults) or 'no faults found'}"
        page.multi_cell(STILL_WIDTH_MM, 3.6, words, align="L", max_line_height=3.6)
    page.set_xy(left, top + rows * row_mm)


def _closing(page: Paper, report: Report) -> None:
    lines = _view.summary(report)
    if lines:
        page.heading("Summary")
        table = [["Metric", "Mean", "Spread (sd)", "95 % interval of the mean", "Reps"]]
        for s in lines:
            table.append([s["label"], f"{s['mean']} {s['unit']}", s["sd"], f"{s['low']} to {s['high']}", str(s["n"])])
        page.grid(table, (60, 30, 25, 45, 15))
    page.heading("How it was filmed")
    page.grid([["", ""], *([f["what"], f["words"]] for f in _view.filmed(report))], (25, 150))
    withheld = _view.withheld(report)
    if withheld:
        page.heading("Not measured")
        for name, why in withheld:
            page.say(f"{name}: {_view.without_options(why)}.", 9)
