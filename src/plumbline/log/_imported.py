"""What an import took in, and what it left out."""

from __future__ import annotations

from typing import NamedTuple

from plumbline.language import ngettext


class Imported(NamedTuple):
    """How much came of a file.

    Attributes
    ----------
    athletes, sessions : int
    left_out : tuple of int
        Numbers of the rows in which something stands that no body does; blank ones are not among them.
    """

    athletes: int
    sessions: int
    left_out: tuple[int, ...] = ()

    @property
    def left_out_said(self) -> str:
        """Which rows were left out; empty where none was."""
        if not self.left_out:
            return ""
        rows = ", ".join(map(str, self.left_out))
        return ngettext(
            "Row {rows} has a number that cannot be right, which was left out.",
            "Rows {rows} have numbers that cannot be right, which were left out.",
            len(self.left_out),
            rows=rows,
        )
