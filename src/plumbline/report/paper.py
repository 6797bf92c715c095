"""A4 pages: headings, paragraphs, tables."""

from __future__ import annotations

from io import BytesIO
from typing import Literal

from fpdf import FPDF
from fpdf.errors import FPDFException
from fpdf.fonts import FontFace
from PIL import Image as PictureFile

from plumbline.errors import SettingsError
from plumbline.language import _, current
from plumbline.typeface import MISSING, drawable, face_file, undrawable

FONT = "DejaVu"
LOGO_MM = (38.0, 18.0)
HEADING_MM = 14.0
LINE_MM = 4.6
# A picture is made no smaller than this to fit what is left of a page.
SMALLEST_SHARE = 0.6
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
        super().__init__(format="A4")
        self.lacking = ""
        self.add_font(FONT, "", face_file())
        self.add_font(FONT, "B", face_file(bold=True))
        self.set_text_shaping(True)  # Arabic and Hebrew: letters joined, from right to left
        self.set_title(title)
        self.set_lang(current())
        self.set_margin(15)
        self.set_auto_page_break(auto=True, margin=18)
        self.add_page()

    def normalize_text(self, text: str) -> str:
        """Put a sign that is seen where the typeface has none; `lacking` keeps of which scripts."""
        self.lacking = self.lacking or undrawable(text)
        return super().normalize_text(drawable(text))

    def footer(self) -> None:
        """Page number, what made the page, and what the typeface cannot write."""
        self.set_y(-13)
        if self.lacking:
            self.set_y(-17)
            self.set_font(FONT, "", 7.5)
            words = _(
                "The typeface has no {script} signs; {sign} stands in their place.", script=self.lacking, sign=MISSING
            )
            self.cell(0, 4, words, align="C", new_x="LMARGIN", new_y="NEXT")
        self.set_font(FONT, "", 7.5)
        self.set_text_color(*TONES["soft"])
        self.cell(
            0,
            5,
            _("Plumbline, measured on this machine. Page {page} of {pages}", page=self.page_no(), pages="{nb}"),
            align="C",
        )

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

    def letterhead(self, name: str, line: str, logo: bytes | None = None) -> None:
        """Whom the page is of, and one line below; a sign at the right edge.

        Raises
        ------
        SettingsError
            When the sign is no picture that can be read.
        """
        top = self.get_y()
        if logo is not None:
            try:
                self.image(
                    BytesIO(logo),
                    x=self.w - self.r_margin - LOGO_MM[0],
                    y=top,
                    w=LOGO_MM[0],
                    h=LOGO_MM[1],
                    keep_aspect_ratio=True,
                )
            except (OSError, ValueError, FPDFException) as error:
                raise SettingsError("the logo is not a picture that can be read: give a PNG or JPEG.") from error
        self.set_xy(self.l_margin, top)
        self.say(name, 15, "B")
        self.say(line, 10)
        if logo is not None:
            self.set_y(max(self.get_y(), top + LOGO_MM[1] + 2))

    def picture(self, heading: str, png: bytes) -> None:
        """A picture of the page's width under its heading; smaller where that saves a page half empty."""
        with PictureFile.open(BytesIO(png)) as picture:
            tall = self.epw * picture.height / picture.width
        left = self.h - self.b_margin - self.get_y() - HEADING_MM
        if left < tall and left < SMALLEST_SHARE * tall:
            self.add_page()
            left = self.h - self.b_margin - self.get_y() - HEADING_MM
        self.heading(heading, 0)
        wide = self.epw * min(1.0, left / tall)
        self.image(BytesIO(png), w=wide)

    def grid(self, rows: list[list[str]], widths: tuple[float, ...] | None = None, size: float = 8) -> None:
        """A table whose first row is its head."""
        self.set_font(FONT, "", size)
        self.set_text_color(*TONES["ink"])
        head = FontFace(emphasis="BOLD", color=TONES["soft"])
        with self.table(
            rows,
            col_widths=widths,
            headings_style=head,
            borders_layout="HORIZONTAL_LINES",
            line_height=LINE_MM,
            text_align="LEFT",
        ):
            pass
