"""Who a report is of and from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from plumbline.language import _, day


@dataclass(frozen=True)
class Letterhead:
    """What stands at the head of a printed report; empty parts are left out.

    Attributes
    ----------
    athlete, coach, club : str
    day : date
        When it was filmed; today by default.
    logo : bytes, optional
        A picture file's content, PNG or JPEG.
    """

    athlete: str = ""
    coach: str = ""
    club: str = ""
    day: date = field(default_factory=date.today)
    logo: bytes | None = None

    @property
    def line(self) -> str:
        """Date, coach and club in one line."""
        coach = _("Coach: {name}", name=self.coach) if self.coach else ""
        return " · ".join(part for part in (day(self.day), coach, self.club) if part)
