"""Camera, upright and scale."""

from __future__ import annotations

import numpy as np

from plumbline.camera import CameraPath
from plumbline.contact import Tilt
from plumbline.metrics import Scale, Scales
from plumbline.warnings._settings import WARNINGS
from plumbline.warnings._warning import ClipWarning


def camera_warnings(path: CameraPath, camera_lost: bool) -> list[ClipWarning]:
    """What the camera's movement means."""
    if not path.moves:
        return []
    zoom = path.zoom[path.known]
    zoomed = float(np.ptp(zoom)) > WARNINGS.seen_zoom
    how = "moves and zooms" if zoomed else "moves"
    if camera_lost:
        return [
            ClipWarning(
                "camera_lost",
                f"The camera {how}, and its background could be followed in only {path.followed:.0%} of the frames: "
                "what needs a still camera is left out, contact times are doubtful. Put the phone on a stand.",
            )
        ]
    return [
        ClipWarning(
            "camera_moves",
            f"The phone {how.replace('moves', 'moved').replace('zooms', 'zoomed')}; we corrected for it. "
            "A phone on a stand gives better numbers.",
        )
    ]


def tilt_warnings(tilt: Tilt) -> list[ClipWarning]:
    """How the camera is turned, and witnesses that contradict each other."""
    out = []
    if tilt.corrected and abs(tilt.tilt_deg) >= WARNINGS.noted_tilt_deg:
        out.append(
            ClipWarning(
                "tilted",
                f"The camera is turned by {tilt.tilt_deg:+.1f} ± {tilt.sd_deg:.1f}° (by {tilt.source}); "
                "upright is corrected for it.",
            )
        )
    for w in tilt.doubted:
        out.append(
            ClipWarning(
                "tilt_contradicted",
                f"By the {w.source} the camera is turned by {w.tilt_deg:+.1f}°, which {tilt.source} contradicts "
                f"({tilt.tilt_deg:+.1f}°): the latter is believed.",
            )
        )
    return out


def _why(a: Scale, b: Scale, path: CameraPath, height_m: float | None) -> str:
    """The likeliest reason for two scales to differ."""
    sources = {a.source: a, b.source: b}
    if "gravity" in sources and path.moves:
        return "the camera moves, which falsifies the fall: film with a still camera"
    if "stature" in sources and "gravity" in sources and height_m is not None:
        implied = height_m * sources["gravity"].value / sources["stature"].value
        if WARNINGS.min_stature_m <= implied <= WARNINGS.max_stature_m:
            return (
                f"is the stature right? By the fall it would be {implied:.2f} m; or the capture rate is not as stated"
            )
        return "is the capture rate right? The athlete does not fall at g"
    return "check the marked points: they must lie as far from the camera as the athlete"


def scale_warnings(scales: Scales, path: CameraPath, height_m: float | None) -> list[ClipWarning]:
    """Scales that contradict each other, with the likeliest reason."""
    return [
        ClipWarning(
            "scale_contradicted",
            f"One pixel is {1000 * a.value:.2f} ± {1000 * a.sd:.2f} mm by {a.source}, but "
            f"{1000 * b.value:.2f} ± {1000 * b.sd:.2f} mm by {b.source}: {_why(a, b, path, height_m)}.",
        )
        for a, b in scales.contradictions
    ]
