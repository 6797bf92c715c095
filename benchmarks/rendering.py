"""Films of athletes with known joints, made and measured: what the benchmarks share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from plumbline.synthetic.film import write_film
from plumbline.synthetic.takes import Take, filmed

SAMPLES = Path(__file__).parents[1] / "sample_videos"


def render(take: Take, path: Path, **shot: Any) -> Path:
    """Draw and encode a take (extra `render`), its shot changed; the truth lies beside the film."""
    movement, body, usual = filmed(take)
    write_film(movement, body, replace(usual, **shot), path, planted=take.planted)
    return path


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])
