"""Words that come from outside the pages."""

from __future__ import annotations


def escaped(words: str) -> str:
    """Words from outside, safe inside Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~$:&" else c for c in words)
