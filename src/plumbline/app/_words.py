"""Words that come from outside the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from plumbline.errors import PlumblineError


def error_markdown(error: PlumblineError) -> str:
    """What is wrong and what to do, as a sentence; a file's name that it begins with stays as it is."""
    words = error.said
    return escaped(words if error.text.startswith("{") else words[:1].upper() + words[1:])


def escaped(words: str) -> str:
    """Words from outside, safe inside Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~$:&" else c for c in words)


def table(rows: Sequence[Mapping[str, object]]) -> None:
    """Show rows under the names of their columns; on a phone each row by itself, so that nothing lies out of sight.

    Parameters
    ----------
    rows : sequence of mapping
        Column to what stands in it; all rows have the same columns, one row or more.
    """
    heads = [escape(head) for head in rows[0]]
    lines = []
    for row in rows:
        first, *others = (escape(str(value)) for value in row.values())
        cells = "".join(f'<td data-head="{head}">{cell}</td>' for head, cell in zip(heads[1:], others, strict=True))
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    top = "".join(f'<th scope="col">{head}</th>' for head in heads)
    body = f"<thead><tr>{top}</tr></thead><tbody>{''.join(lines)}</tbody>"
    st.html(f'<div class="rows" tabindex="0"><table>{body}</table></div>')
