"""Words that come from outside the pages."""

from __future__ import annotations

from plumbline.errors import PlumblineError


def told(error: PlumblineError) -> str:
    """What is wrong and what to do, as a sentence; a file's name that it begins with stays as it is."""
    words = error.said
    first = words.partition(" ")[0]
    return escaped(words[0].upper() + words[1:] if first.isalpha() else words)


def escaped(words: str) -> str:
    """Words from outside, safe inside Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~$:&" else c for c in words)
