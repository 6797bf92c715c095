"""The typeface of films and papers: DejaVu Sans, which Matplotlib ships with its licence, and what it lacks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

FACES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
# Drawn where the face has no sign for a character, so that its absence is seen.
MISSING = "\N{REPLACEMENT CHARACTER}"
# Characters that only steer others, and need no sign of their own.
SILENT = {"Cf", "Cc", "Mn", "Zs"}


def face_file(bold: bool = False) -> Path:
    """The face's file; Matplotlib itself is not loaded for it.

    Raises
    ------
    FileNotFoundError
        When Matplotlib is not installed.
    """
    found = find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("Matplotlib, which ships the typeface, is not installed.")
    return Path(found.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf" / FACES[bold]


@lru_cache(maxsize=2)
def _signs(bold: bool) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(face_file(bold), lazy=True) as face:
        return frozenset(face.getBestCmap())


def undrawable(words: str) -> str:
    """Name the scripts that the face cannot draw, such as "cjk, hangul, emoji"; empty where it draws all."""
    lacking = [c for c in words if ord(c) not in _signs(False) and unicodedata.category(c) not in SILENT]
    return ", ".join(dict.fromkeys(map(_script, lacking)))


def _script(sign: str) -> str:
    """What signs of this kind are called: a letter's name begins with its script."""
    if unicodedata.category(sign).startswith("S"):
        return "emoji"
    return unicodedata.name(sign, "unknown").split()[0].lower()


def drawable(words: str, bold: bool = False) -> str:
    """Put a sign that is seen where the face has none; plain words need no look at the face."""
    if words.isascii():
        return words
    known = _signs(bold)
    return "".join(c if ord(c) in known or unicodedata.category(c) in SILENT else MISSING for c in words)
