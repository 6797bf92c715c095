"""What a film file says of itself, as a clip."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.clip import ClipInfo
from plumbline.decoding import facts_of
from plumbline.errors import ClipError
from plumbline.video._settings import VIDEO

# Endings of film files, the same at every door: what is looked for in folders, and what uploaders take.
FILM_TYPES = (
    *("mp4", "mov", "m4v", "qt", "3gp", "3g2", "avi", "webm", "mkv", "mts", "m2ts", "m2t", "ts", "mpg", "mpeg", "m2v"),
    *("vob", "mod", "tod", "wmv", "asf", "flv", "f4v", "ogv", "mxf", "dv"),
)
# Other files that hold films, to be named where they are passed over: bare streams, proxies, and what is rare.
OTHER_FILM_TYPES = (
    *("divx", "h264", "264", "h265", "265", "hevc", "ivf", "ogm", "rm", "rmvb", "amv", "trp", "tp"),
    *("lrv", "insv", "360", "braw", "r3d"),
)


def probe(path: str | Path, capture_fps: float | None = None) -> ClipInfo:
    """Read a film's properties; of its pictures only the first are decoded.

    Parameters
    ----------
    path : str or Path
    capture_fps : float, optional
        Rate at which the film was really captured, if the file does not say so:
        time is rescaled by it.

    Returns
    -------
    ClipInfo

    Raises
    ------
    ClipError
        When the file is not a film that can be decoded.
    """
    if not isinstance(path, (str, Path)):
        raise ClipError("a film is named by its path, not by {value}.", value=repr(path)[:80])
    path = Path(path)
    if isinstance(capture_fps, bool) or not isinstance(capture_fps, (int, float, type(None))):
        raise ClipError("a capture rate is a number, not {value}.", value=repr(capture_fps))
    if capture_fps is not None and not (
        np.isfinite(capture_fps) and VIDEO.slowest_fps <= capture_fps <= VIDEO.fastest_fps
    ):
        raise ClipError(
            "A capture rate of {capture_fps:g} fps is not possible: give 1 to 10000.", capture_fps=capture_fps
        )
    facts = facts_of(path)
    if not facts.way.clock and not facts.nominal_fps and capture_fps is None:
        raise ClipError(
            "{path} holds pictures but no clock: give the frames per second of the camera (--capture-fps), or export "
            "the film as MP4.",
            path=path,
        )
    times, width, height = facts.times_s, facts.width, facts.height
    if facts.rotation_deg in (90, 270):
        width, height = height, width
    steps = np.diff(times)
    step = _usual(steps) if len(steps) else 1 / (facts.nominal_fps or 30)
    fps = 1 / step
    if not VIDEO.slowest_fps <= fps <= VIDEO.fastest_fps and capture_fps is None:
        raise ClipError(
            "{path} shows {fps:.3g} pictures a second by its clock, which no camera does: give the frames per second "
            "of the camera (--capture-fps), or export the film again as MP4.",
            path=path,
            fps=fps,
        )
    uneven = float(np.mean(np.abs(steps / step - 1) > VIDEO.uneven_step_share)) if len(steps) else 0.0
    variable = uneven > VIDEO.uneven_frames_share
    source, captured = "container", fps
    if capture_fps is not None:
        source, captured = "given", float(capture_fps)
    elif facts.tagged_fps is not None and facts.tagged_fps / fps >= VIDEO.least_slowed:
        source, captured = "tag", facts.tagged_fps
    scale = fps / captured if source != "container" else 1.0
    span = float(times[-1] - times[0]) + step if len(times) else step
    return ClipInfo(
        path=path,
        width=width,
        height=height,
        rotation_deg=facts.rotation_deg,
        container_fps=fps,
        capture_fps=captured,
        time_scale=scale,
        frames=max(len(times), 1),
        duration_s=span * scale,
        variable_frame_rate=variable,
        capture_fps_source=source,
        mirrored=facts.mirrored,
        way=facts.way,
        missing=facts.missing,
    )


def _usual(steps: FloatArray) -> float:
    """The usual frame interval: the mean of those near the median, since a file may round each of them."""
    middle = float(np.percentile(steps, 50, method="lower"))  # a step of the file, also where they are of two kinds
    return float(steps[np.abs(steps / middle - 1) <= VIDEO.uneven_step_share].mean())
