"""Films of figures with known joints, made and measured: what the benchmarks share."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from plumbline.analysis import Analysis
from plumbline.estimation import MediaPipeEstimator, bundle_path
from plumbline.pipeline import analyze
from plumbline.pose import PoseSequence, read_only
from plumbline.request import Request
from plumbline.synthetic import Motion, Shot, render_clip, truth_path
from plumbline.validation import read_truth
from plumbline.video import ClipInfo, read_frames


def filmed(motion: Motion, shot: Shot, request: Request | None = None) -> tuple[Analysis, dict]:
    """Render, encode, and measure as shipped; with the truth."""
    with tempfile.TemporaryDirectory() as folder:
        path = render_clip(motion, shot, Path(folder) / "clip.mp4")
        return analyze(path, request, cache=False), read_truth(truth_path(path))


def usual_way(clip: ClipInfo, long_edge: int) -> PoseSequence:
    """Landmarks as the pose model's documentation has it: its smoother on, frames as they are."""
    import numpy as np

    rows, times = [], []
    with MediaPipeEstimator(bundle_path(), smooth=True, step_ms=1000 / clip.container_fps) as model:
        for frame in read_frames(clip, long_edge=long_edge):
            found = model.detect(frame.image)
            rows.append(found[0] if len(found) else np.full((33, 3), np.nan))
            times.append(frame.time_s)
    data = np.array(rows)
    xy = data[..., :2] * [clip.width, clip.height] - 0.5
    return PoseSequence(read_only(np.array(times)), xy, data[..., 2], clip.width, clip.height, "smoothed")


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])
