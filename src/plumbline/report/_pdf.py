"""The report on paper: A4, the same words and numbers as the page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import FontFace

from plumbline.analysis import Analysis
from plumbline.report import _view
from plumbline.report._plots import curves_png, panels_of
from plumbline.report._schema import Report

FONT = "DejaVu"
INK, SOFT, FAULT, BORDERLINE = (29, 33, 39), (91, 100, 112), (178, 60, 0), (138, 90, 0)
STILLS, STILL_WIDTH_MM = 8, 44
COLUMNS = 6


class _Page(FPDF):
    """A4 with a font that has every sign the report uses, and page numbers."""

    def __init__(self, title: str) -> None:
        import matplotlib

        super().__init__(format="A4")
        fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        self.add_font(FONT, "", fonts / "DejaVuSans.ttf")
        self.add_font(FONT, "B", fonts / "DejaVuSans-Bold.ttf")
        self.set_title(title)
        self.set_margin(15)
        self.set_auto_page_break(auto=True, margin=18)
        self.add_page()

    def footer(self) -> None:
        """Page number and what made the page."""
        self.set_y(-13)
        self.set_font(FONT, "", 7.5)
        self.set_text_color(*SOFT)
        self.cell(0, 5, f"Plumbline, measured on this machine. Page {self.page_no()} of {{nb}}", align="C")

    def say(self, words: str, size: float = 9.5, style: str = "", colour: tuple[int, int, int] = INK) -> None:
        """A paragraph over the full width."""
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)
        self.multi_cell(0, size * 0.52, words, new_x="LMARGIN", new_y="NEXT")
        self.ln(1)

    def heading(self, words: str, room_mm: float = 30) -> None:
        """A heading, never alone at the foot of a page: `room_mm` follow it."""
        if self.will_page_break(room_mm):
            self.add_page()
        self.ln(3)
        self.say(words, 12, "B")

    def grid(self, rows: list[list[str]], widths: tuple[float, ...] | None = None) -> None:
        """A table whose first row is its head."""
        self.set_font(FONT, "", 8)
        self.set_text_color(*INK)
        head = FontFace(emphasis="BOLD", color=SOFT)
        with self.table(
            rows,
            col_widths=widths,
            headings_style=head,
            borders_layout="HORIZONTAL_LINES",
            line_height=4.6,
            text_align="LEFT",
        ):
            pass


def report_pdf(report: Report, analysis: Analysis, stills: list[bytes]) -> bytes:
    """The report as a PDF file.

    Parameters
    ----------
    report : Report
    analysis : Analysis
    stills : list of bytes
        JPEG pictures of the first reps' key instants, in order.
    """
    page = _Page(f"Plumbline: {report.clip.name}")
    page.say(report.clip.name, 15, "B")
    page.say(_view.headline(report), 9.5, "", SOFT)
    for warning in report.warnings:
        page.say(f"Mind: {warning.message}", 9, "", BORDERLINE)
    _faults(page, report)
    _reps(page, report)
    _stills(page, report, analysis, stills)
    if analysis.tracks.pose.found.any():
        page.heading("Over time", 130)
        page.image(BytesIO(curves_png(analysis, panels_of(analysis))), w=page.epw)
    _closing(page, report)
    return bytes(page.output())


def _faults(page: _Page, report: Report) -> None:
    if not report.reps:
        return
    page.heading("What to work on")
    found = _view.faults(report)
    for fault in found:
        where = f": rep {fault['reps']}" if fault["reps"] else ""
        page.say(f"! {fault['label']}: {fault['cue']}", 10, "B", FAULT)
        page.say(f"{fault['message']}{where}.", 9, "", SOFT)
    if not found:
        page.say("No fault beyond measurement error.")


def _reps(page: _Page, report: Report) -> None:
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
    page.say("± is the standard uncertainty. ! is a fault beyond it, ? lies beyond the limit by less.", 8, "", SOFT)


def _stills(page: _Page, report: Report, analysis: Analysis, stills: list[bytes]) -> None:
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
        page.set_text_color(*SOFT)
        page.cell(STILL_WIDTH_MM, 4, f"Rep {rep.index}")
    page.set_xy(left, top + rows * (STILL_WIDTH_MM * 4 / 3 + 8))


def _closing(page: _Page, report: Report) -> None:
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
            page.say(f"{name}: {why}.", 9)
