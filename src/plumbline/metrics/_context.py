"""What every metric is computed from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from plumbline.camera import CameraPath
from plumbline.contact import Tilt
from plumbline.geometry import Tracks
from plumbline.measuring import Measuring
from plumbline.metrics._scale import Scale
from plumbline.metrics._series import Series, read_at
from plumbline.metrics._settings import METRIC
from plumbline.pose import PLUMB_CHAIN, SIDES, Side
from plumbline.quantity import Quantity
from plumbline.reps import Rep

FloatArray = NDArray[np.float64]
LEVEL = Tilt(0.0, 0.0)


@dataclass(frozen=True)
class FlatFoot:
    """Angle of the near foot and its heel's row in quiet standing; NaN where there is none."""

    angle_deg: float = float("nan")
    heel_px: float = float("nan")


@dataclass(frozen=True)
class Context:
    """A clip ready for metrics.

    Attributes
    ----------
    tracks : Tracks
    measuring : Measuring
    height_m, mass_kg : float or None
        Stature and mass, when given.
    flat : FlatFoot
        What the foot's angle and the heel's height are read against.
    tilt : Tilt
        How sure "upright" is.
    scale : Scale or None
        Metres per pixel.
    camera : CameraPath or None
        How the camera moved.
    """

    tracks: Tracks
    measuring: Measuring
    height_m: float | None = None
    mass_kg: float | None = None
    flat: FlatFoot = FlatFoot()
    tilt: Tilt = LEVEL
    scale: Scale | None = None
    camera: CameraPath | None = None
    _made: dict[str, Series] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def camera_lost(self) -> bool:
        """Whether the camera moved in a way that could not be followed."""
        return self.camera is not None and self.camera.moves and self.camera.followed < METRIC.min_followed_share

    @property
    def legs_unclear(self) -> bool:
        """Whether left and right were exchanged so often that the majority may be wrong."""
        swapped = self.tracks.pose.swapped
        return bool(len(swapped)) and float(swapped.mean()) > METRIC.max_exchanged_share

    @property
    def coarseness(self) -> float:
        """How much larger the pose model's errors are for an athlete who is small in the picture, 1 or more."""
        tall = self.tracks.pose.body_height_px
        return max(1.0, self.measuring.full_size_px / tall) if np.isfinite(tall) and tall > 0 else 1.0

    def seen_share(self, landmark: int) -> float:
        """Share of the frames in which a landmark lies in the picture."""
        return float(self.tracks.pose.inside[:, landmark].mean())

    @property
    def leaning_share(self) -> float:
        """Standard uncertainty of "upright", as forward per upward."""
        return float(np.radians(self.tilt.sd_deg))

    def leg(self, rep: Rep) -> Side:
        """The leg that is measured: the working one of single-leg drills, else the near one."""
        for side in SIDES:
            if rep.stance == side:
                return side
        return self.tracks.camera.near_side

    def at(self, series: FloatArray, time_s: float) -> float:
        """A track (n,) at an instant between frames; NaN outside the clip or in a gap."""
        return read_at(self.tracks.time_s, series, time_s)

    def rest_level(self, series: FloatArray, rep: Rep) -> float:
        """The lowest a series (n,) that rises to a rep's top was before it.

        A rep starts where its movement is well under way; the rest is a little earlier.
        """
        before = max(METRIC.rest_before_s, rep.key_s - rep.start_s)
        k = self.within(rep.start_s - before, rep.key_s) & np.isfinite(series)
        return float(np.percentile(series[k], METRIC.rest_percentile)) if k.any() else float("nan")

    def within(self, start_s: float, end_s: float) -> NDArray[np.bool_]:
        """Frames (n,) between two instants."""
        t = self.tracks.time_s
        return (t >= start_s) & (t <= end_s)

    def series(self, name: str, make: Callable[[bool], FloatArray], cutoff_hz: float | None = None) -> Series:
        """A track of this clip under a name, made only once.

        Parameters
        ----------
        name : str
            The same for the same track.
        make : callable
            From "of unfiltered landmarks" to the track (n,).
        cutoff_hz : float, optional
            Of the low-pass that the filtered track went through, the landmarks' by default.
        """
        if name not in self._made:
            pose = self.tracks.pose
            cutoff = pose.cutoff_hz if cutoff_hz is None else cutoff_hz
            self._made[name] = Series(self.tracks.time_s, make(False), make(True), cutoff, pose.fps)
        return self._made[name]

    def angle(self, value_deg: float, sd_times: float) -> Quantity:
        """An angle of the body, whose rep's own error is a multiple of the knee's."""
        m = self.measuring
        return Quantity(value_deg, sd_times * m.angle_model_sd_deg, "deg").vaguer(m.angle_body_sd_deg)

    def oblique_deg(self, angle_deg: float) -> float:
        """Standard uncertainty of a sagittal angle that an oblique view leaves, degrees."""
        return abs(angle_deg) * (1 - self._cos_yaw)

    def oblique_pct(self, offset_pct: float) -> float:
        """The same of a forward offset, %BH: foreshortened, and mixed with the body's breadth."""
        sine = float(np.sqrt(1 - self._cos_yaw**2))
        return float(np.hypot(offset_pct * (1 - self._cos_yaw), METRIC.breadth_difference_pct_bh * sine))

    @property
    def _cos_yaw(self) -> float:
        return float(np.cos(np.radians(self.tracks.camera.off_side_deg)))

    def chain(self, rep: Rep, *, raw: bool = False) -> FloatArray:
        """Ear, shoulder, hip, knee, ankle (n, 5, 2): the near ear, and all else of the working leg's side."""
        ear = PLUMB_CHAIN[self.tracks.camera.near_side][0]
        xy = self.tracks.pose.raw if raw else self.tracks.pose.xy
        return np.asarray(xy[:, [ear, *PLUMB_CHAIN[self.leg(rep)][1:]]])
