"""The report on paper: A4, the same words and numbers as the page."""

from __future__ import annotations

from io import BytesIO

from plumbline.analysis import Analysis
from plumbline.report import _view
from plumbline.report._plots import curves_png, panels_of
from plumbline.report._schema import Report
from plumbline.report.paper import FONT, TONES, Paper

STILLS, STILL_WIDTH_MM = 8, 44
COLUMNS = 6


def report_pdf(report: Report, analysis: Analysis, stills: list[bytes]) -> bytes:
    """The report as a PDF file.

    Parameters
    ----------
    report : Report
    analysis : Analysis
    stills : list of bytes
        JPEG pictures of the first reps' key instants, in order.
    """
    page = Paper(f"Plumbline: {report.clip.name}")
    page.say(report.clip.name, 15, "B")
    page.say(_view.headline(report), 9.5, "", "soft")
    for warning in report.warnings:
        page.say(f"Mind: {warning.message}", 9, "", "borderline")
    _faults(page, report)
    _reps(page, report)
    _stills(page, report, analysis, stills)
    if analysis.tracks.pose.found.any():
        page.heading("Over time", 130)
        page.image(BytesIO(curves_png(analysis, panels_of(analysis))), w=page.epw)
    _closing(page, report)
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
        cells = [
            f"{c['value']} ± {c['sd']} {c['side']}".strip() if "sd" in c else c["value"] for c in row["cells"][:COLUMNS]
        ]
        table.append([str(row["index"]), findings, *cells])
    page.grid(table, (10, 34, *([23] * len(shown))))
    page.say("± is the standard uncertainty. ! is a fault beyond it, ? lies beyond the limit by less.", 8, "", "soft")


def _stills(page: Paper, report: Report, analysis: Analysis, stills: list[bytes]) -> None:
    if not stills:
        return
    rows = -(-min(len(stills), STILLS, len(report.reps)) // 4)
    page.heading(_view.strip_title(analysis.drill), 20 + rows * (STILL_WIDTH_MM * 4 / 3 + 8))
    top, left = page.get_y(), page.l_margin
    for k, (rep, picture) in enumerate(zip(report.reps, stills[:STILLS], strict=False)):
        x, y = left + (k % 4) * (STILL_WIDTH_MM + 1.3), top + (k // 4) * (STILL_WIDTH_MM * 4 / 3 + 8)
        page.image(BytesIO(picture), x=x, y=y, w=STILL_WIDTH_MM, h=STILL_WIDTH_MM * 4 / 3, keep_aspect_ratio=True)
        page.set_xy(x, y + STILL_WIDTH_MM * 4 / 3 + 0.5)
        page.set_font(FONT, "", 8)
        page.set_text_color(*TONES["soft"])
        page.cell(STILL_WIDTH_MM, 4, f"Rep {rep.index}")
    page.set_xy(left, top + rows * (STILL_WIDTH_MM * 4 / 3 + 8))


def _closing(page: Paper, report: Report) -> None:
    lines = _view.summary(report)
    if lines:
        page.heading("Summary")
        table = [["Metric", "Mean", "Spread (sd)", "95 % interval of the mean", "Reps"]]
        for s in lines:
            table.append([s["label"], s["mean"], s["sd"], s["interval"], str(s["n"])])
        page.grid(table, (60, 30, 25, 45, 15))
    page.heading("How it was filmed")
    page.grid([["", ""], *([f["what"], f["words"]] for f in _view.filmed(report))], (25, 150))
    withheld = _view.withheld(report)
    if withheld:
        page.heading("Not measured")
        for name, why in withheld:
            page.say(f"{name}: {why}.", 9)
