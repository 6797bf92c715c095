"""What a film is: size, rotation, frame times, and how fast it was really captured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.camera import Instants, Ramp

if TYPE_CHECKING:  # it decodes pictures, which nothing that measures loads
    from plumbline.decoding import Way


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
