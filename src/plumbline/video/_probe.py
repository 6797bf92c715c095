"""What a film is: size, rotation, frame times, and how fast it was really captured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.camera import Instants, Ramp
from plumbline.decoding import Way, facts_of
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


@dataclass(frozen=True)
class ClipInfo:
    """A film's properties, after rotation.

    Attributes
    ----------
    path : Path
    width, height : int
        Size of the upright picture in px.
    rotation_deg : int
        How far the stored picture is turned clockwise to stand upright, 0/90/180/270.
    container_fps : float
        Median frame rate by the file's own time stamps.
    capture_fps : float
        Rate at which the camera took the frames.
    time_scale : float
        Real seconds per second of the file: below 1 for slow motion. Outside of the ramp, where there is one.
    frames : int
    duration_s : float
        Real time from the first to the end of the last frame.
    variable_frame_rate : bool
    capture_fps_source : {"container", "tag", "given", "gravity", "live"}
        "gravity": found from how fast the athlete falls; "live": a camera's own clock.
    mirrored : bool
        Left and right of the stored picture are exchanged before it is turned.
    way : Way, optional
        How pictures and times come out of the file; None where there is no file.
    instants : Instants, optional
        The pictures that differ, where the film holds pictures twice; known when it has been seen.
    ramp : Ramp, optional
        Where the film is slower than before or after; known when it has been seen.
    missing : int
        Frames that the file announces and does not hold.
    """

    path: Path
    width: int
    height: int
    rotation_deg: int
    container_fps: float
    capture_fps: float
    time_scale: float
    frames: int
    duration_s: float
    variable_frame_rate: bool
    capture_fps_source: str
    mirrored: bool = False
    way: Way | None = None
    instants: Instants | None = None
    ramp: Ramp | None = None
    missing: int = 0

    @classmethod
    def without_film(
        cls,
        time_s: FloatArray,
        width: int,
        height: int,
        name: str = "landmarks",
        source: str = "container",
        fps: float | None = None,
    ) -> ClipInfo:
        """The properties of landmarks that are no film.

        Parameters
        ----------
        time_s : (n,)
            Their times; two at least where no rate is given.
        width, height : int
            Of the picture that they were seen in, px.
        name : str
            What they are called in the report.
        source : str
            `capture_fps_source`.
        fps : float, optional
            Their rate, Hz; otherwise the times tell.

        Returns
        -------
        ClipInfo
        """
        if fps is None:
            fps = 1 / float(np.median(np.diff(time_s)))
        length_s = float(time_s[-1] - time_s[0]) + 1 / fps if len(time_s) else 0.0
        return cls(Path(name), width, height, 0, fps, fps, 1.0, len(time_s), length_s, False, source)

    def real_s(self, film_s: FloatArray | float) -> FloatArray:
        """Real time (...) in s of instants `film_s` (...) on the file's own clock, both from the first frame."""
        film = np.asarray(film_s, float)
        return self.time_scale * (film if self.ramp is None else self.ramp.real_s(film))

    def film_s(self, real_s: FloatArray | float) -> FloatArray:
        """The file's own time (...) in s of real instants `real_s` (...)."""
        real = np.asarray(real_s, float) / self.time_scale
        return real if self.ramp is None else self.ramp.film_s(real)

    def slowed(self, factor: float) -> ClipInfo:
        """The same film, known to be slowed by a further `factor`."""
        return replace(
            self,
            capture_fps=self.capture_fps * factor,
            time_scale=self.time_scale / factor,
            duration_s=self.duration_s / factor,
            capture_fps_source="gravity",
        )

    def ramped(self, ramp: Ramp) -> ClipInfo:
        """The same film, known to change its speed by `ramp`, outside of which its own clock is right."""
        even = replace(self, time_scale=1.0, ramp=ramp)
        fps = self.container_fps * ramp.factor
        length_s = float(even.real_s(self.duration_s / self.time_scale))
        return replace(even, capture_fps=fps, duration_s=length_s, capture_fps_source="gravity")

    def of_distinct(self, instants: Instants | None) -> ClipInfo:
        """The same film, read without the pictures that it holds twice: only those of `instants`."""
        return replace(self, instants=instants)


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
