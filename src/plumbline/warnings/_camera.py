"""Camera, upright and scale."""

from __future__ import annotations

import numpy as np

from plumbline.camera import CameraPath
from plumbline.contact import Tilt
from plumbline.language import N_
from plumbline.messages import Message, listed
from plumbline.metrics import Scale, Scales
from plumbline.warnings._settings import WARNINGS
from plumbline.warnings._warning import ClipWarning


def camera_warnings(path: CameraPath, camera_lost: bool) -> list[ClipWarning]:
    """What the camera's movement means.

    Parameters
    ----------
    path : CameraPath
    camera_lost : bool
        Whether it could not be followed.

    Returns
    -------
    list of ClipWarning
        Empty of a camera that stood still.
    """
    if not path.moves:
        return []
    zoom = path.zoom[path.known]
    zoomed = float(np.ptp(zoom)) > WARNINGS.seen_zoom
    if camera_lost:
        moves = N_("moves and zooms") if zoomed else N_("moves")
        return [ClipWarning("camera_lost", {"moves": moves, "followed": path.followed})]
    return [ClipWarning("camera_moves", {"moved": N_("moved and zoomed") if zoomed else N_("moved")})]


def _sources(words: str) -> Message | str:
    """Where a scale or the upright comes from."""
    return listed("both", words.split(" and "))


def tilt_warnings(tilt: Tilt) -> list[ClipWarning]:
    """How the camera is turned (`tilt`), and witnesses that contradict each other."""
    out = []
    source = _sources(tilt.source)
    if tilt.corrected and abs(tilt.tilt_deg) >= WARNINGS.noted_tilt_deg:
        out.append(ClipWarning("tilted", {"turn": tilt.tilt_deg, "sd": tilt.sd_deg, "source": source}))
    for w in tilt.doubted:
        out.append(
            ClipWarning(
                "tilt_contradicted",
                {"doubted": w.source, "turn": w.tilt_deg, "source": source, "source_turn": tilt.tilt_deg},
            )
        )
    return out


def _why(a: Scale, b: Scale, path: CameraPath, height_m: float | None) -> Message:
    """The likeliest reason for two scales to differ."""
    sources = {word: scale for scale in (a, b) for word in scale.source.split(" and ")}
    if "gravity" in sources and path.moves:
        return Message("fall_falsified")
    if "stature" in sources and "gravity" in sources and height_m is not None:
        implied = height_m * sources["gravity"].value / sources["stature"].value
        if WARNINGS.min_stature_m <= implied <= WARNINGS.max_stature_m:
            return Message("stature_doubted", {"stature": implied})
        return Message("rate_doubted")
    if "gravity" in sources:
        return Message("rate_or_marks_doubted")
    return Message("marks_doubted")


def scale_warnings(scales: Scales, path: CameraPath, height_m: float | None) -> list[ClipWarning]:
    """Scales that contradict each other, with the likeliest reason.

    Parameters
    ----------
    scales : Scales
    path : CameraPath
        A camera that moves is one reason.
    height_m : float or None
        The stature given.

    Returns
    -------
    list of ClipWarning
        One for each pair.
    """
    return [
        ClipWarning(
            "scale_contradicted",
            {
                "mm": 1000 * a.value,
                "sd_mm": 1000 * a.sd,
                "source": _sources(a.source),
                "other_mm": 1000 * b.value,
                "other_sd_mm": 1000 * b.sd,
                "other": _sources(b.source),
                "why": _why(a, b, path, height_m),
            },
        )
        for a, b in scales.contradictions
    ]
