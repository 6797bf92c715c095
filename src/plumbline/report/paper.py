"""A4 pages: headings, paragraphs, tables."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.fonts import FontFace

FONT = "DejaVu"
Tone = Literal["ink", "soft", "fault", "borderline"]
TONES: dict[Tone, tuple[int, int, int]] = {
    "ink": (29, 33, 39),
    "soft": (91, 100, 112),
    "fault": (178, 60, 0),
    "borderline": (138, 90, 0),
}


class Paper(FPDF):
    """A4 with a font that has every sign we use, and page numbers."""

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
        self.set_text_color(*TONES["soft"])
        self.cell(0, 5, f"Plumbline, measured on this machine. Page {self.page_no()} of {{nb}}", align="C")

    def say(self, words: str, size: float = 9.5, style: str = "", tone: Tone = "ink") -> None:
        """A paragraph over the full width."""
        self.set_font(FONT, style, size)
        self.set_text_color(*TONES[tone])
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
        self.set_text_color(*TONES["ink"])
        head = FontFace(emphasis="BOLD", color=TONES["soft"])
        with self.table(
            rows,
            col_widths=widths,
            headings_style=head,
            borders_layout="HORIZONTAL_LINES",
            line_height=4.6,
            text_align="LEFT",
        ):
            pass
