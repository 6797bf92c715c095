"""Words that come from outside the pages."""

from __future__ import annotations

import re


def escaped(words: str) -> str:
    """Words from outside, safe inside Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~$:&" else c for c in words)


def without_options(words: str) -> str:
    """A message without the options of the command line, which the pages have fields for."""
    return re.sub(r" \(--[^)]*\)", "", words)
