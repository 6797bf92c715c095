"""Words that come from outside the pages."""

from __future__ import annotations

from plumbline.report import without_options

__all__ = ["escaped", "without_options"]


def escaped(words: str) -> str:
    """Words from outside, safe inside Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~$:&" else c for c in words)
