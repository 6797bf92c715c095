"""What every metric is computed from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.camera import CameraPath
from plumbline.contact import Tilt
from plumbline.geometry import Tracks
from plumbline.measuring import Measuring
from plumbline.metrics._scale import Scale
from plumbline.metrics._series import Series, read_at
from plumbline.metrics._settings import METRIC
from plumbline.pose import PLUMB_CHAIN, SIDES, Side
from plumbline.quantity import Quantity, together, without
from plumbline.reps import Rep

LEVEL = Tilt(0.0, 0.0)


@dataclass(frozen=True)
class FlatFoot:
    """One foot in quiet standing; NaN where there is none.

    Attributes
    ----------
    angle_deg : float
        Heel to toe as the picture shows it, toe higher positive.
    heel_px : float
        The heel's row in the picture, y down.
    """

    angle_deg: float = np.nan
    heel_px: float = np.nan


@dataclass(frozen=True)
class Context:
    """A clip ready for metrics.

    Attributes
    ----------
    tracks : Tracks
    measuring : Measuring
    mass_kg : float or None
        The athlete's, when given.
    flat : dict of FlatFoot
        What each foot's angle and the heel's height are read against, by "left" and "right"; empty without standing.
    tilt : Tilt
        How sure "upright" is.
    scale : Scale or None
        Metres per pixel.
    camera : CameraPath or None
        How the camera moved.
    """

    tracks: Tracks
    measuring: Measuring
    mass_kg: float | None = None
    flat: dict[Side, FlatFoot] = field(default_factory=dict)
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
        return self.tracks.pose.swapped_share > METRIC.max_exchanged_share

    @property
    def coarseness(self) -> float:
        """How many times larger the pose model's errors are for an athlete who is small in the picture, 1 or more."""
        tall = self.tracks.pose.body_height_px
        return max(1.0, self.measuring.full_size_px / tall) if np.isfinite(tall) and tall > 0 else 1.0

    def seen_share(self, landmark: int, frames: NDArray[np.bool_] | None = None) -> float:
        """Share of the frames with an athlete in which a landmark lies in the picture.

        Parameters
        ----------
        landmark : int
            Its number.
        frames : (n,) bool, optional
            The frames that count, all by default.

        Returns
        -------
        float
            0 to 1.
        """
        seen = self.tracks.pose.found if frames is None else self.tracks.pose.found & frames
        return float(self.tracks.pose.inside[seen, landmark].mean()) if seen.any() else 0.0

    def on_the_floor(self, reps: tuple[Rep, ...]) -> NDArray[np.bool_]:
        """Frames (n,) between a touchdown and the toe-off of one of `reps`; all where none has both."""
        t = self.tracks.time_s
        out = np.zeros(len(t), bool)
        for rep in reps:
            out |= (t >= rep.touchdown_s) & (t <= rep.toe_off_s)  # false where one is not known
        return out if out.any() else np.ones(len(t), bool)

    @property
    def leaning_share(self) -> float:
        """Standard uncertainty of "upright", as forward per upward."""
        return float(np.radians(self.tilt.sd_deg))

    def leg(self, rep: Rep) -> Side:
        """The leg that is measured in `rep`: the working one of single-leg drills, else the near one."""
        for side in SIDES:
            if rep.stance == side:
                return side
        return self.tracks.camera.near_side

    def flat_foot(self, rep: Rep) -> FlatFoot:
        """The measured foot of `rep` in quiet standing."""
        return self.flat.get(self.leg(rep), FlatFoot())

    def far_leg_works(self, rep: Rep) -> bool:
        """Whether a leg works alone in `rep` that is the farther one, hidden by the other at times."""
        return self.leg(rep) != self.tracks.camera.near_side

    def knee_body_sd_deg(self, rep: Rep) -> float:
        """Standard uncertainty of a knee in deg that all reps of this body with the leg of `rep` share."""
        m = self.measuring
        return together(m.angle_body_sd_deg * self.coarseness, m.far_leg_sd_deg if self.far_leg_works(rep) else 0.0)

    @property
    def slow_time_sd_s(self) -> float:
        """Standard uncertainty in s of the time between two events of a slow movement, each read from a flat curve."""
        return float(np.sqrt(2) * np.hypot(METRIC.slow_event_s, 1 / (np.sqrt(12) * self.tracks.pose.fps)))

    def height(self, value_pct: float) -> Quantity:
        """How much higher, or lower, a point of the body is at one instant than at another, `value_pct` in %BH."""
        one = self.measuring.posture_model_sd_pct_bh
        return Quantity.of(value_pct, "%BH", rep=(one, one), common=(one,))

    def placed(self, value_pct: float, sd_pct: float) -> Quantity:
        """A distance of two landmarks, uncertain mostly by where the model sets them on this body and shoe.

        Parameters
        ----------
        value_pct, sd_pct : float
            The distance and its whole standard uncertainty, %BH.

        Returns
        -------
        Quantity
            The rep's own part is that of a height, the rest all reps share.
        """
        own = min(self.height(value_pct).rep_sd, sd_pct)
        return Quantity.of(value_pct, "%BH", rep=(own,), common=(without(sd_pct, own),))

    def at(self, series: FloatArray, time_s: float) -> float:
        """A track at an instant between frames.

        Parameters
        ----------
        series : (n,)
            In any unit.
        time_s : float

        Returns
        -------
        float
            In the same unit; NaN outside the clip or in a gap.
        """
        return read_at(self.tracks.time_s, series, time_s)

    def rest_level(self, series: FloatArray, rep: Rep) -> float:
        """The lowest a series that rises to a rep's top was before it.

        A rep starts where its movement is well under way; the rest is a little earlier.

        Parameters
        ----------
        series : (n,)
            In any unit, NaN where missing.
        rep : Rep

        Returns
        -------
        float
            In the same unit; NaN where nothing is seen.
        """
        before = max(METRIC.rest_before_s, rep.key_s - rep.start_s)
        k = self.within(rep.start_s - before, rep.key_s) & np.isfinite(series)
        return float(np.percentile(series[k], METRIC.rest_percentile)) if k.any() else np.nan

    def within(self, start_s: float, end_s: float) -> NDArray[np.bool_]:
        """Frames between two instants.

        Parameters
        ----------
        start_s, end_s : float

        Returns
        -------
        (n,) bool
        """
        t = self.tracks.time_s
        return (t >= start_s) & (t <= end_s)

    def path(self, series: FloatArray, start_s: float, end_s: float) -> FloatArray:
        """What a series went through between two instants, for its extremes: they may lie in what is not seen.

        Parameters
        ----------
        series : (n,)
            In any unit, NaN where missing.
        start_s, end_s : float

        Returns
        -------
        (k,)
            The values that are there; one NaN where fewer than `min_path_share` of the frames have one.
        """
        there = series[self.within(start_s, end_s)]
        seen = there[np.isfinite(there)]
        return seen if len(seen) and len(seen) >= METRIC.min_path_share * len(there) else np.array([np.nan])

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

        Returns
        -------
        Series
        """
        if name not in self._made:
            pose = self.tracks.pose
            cutoff = pose.cutoff_hz if cutoff_hz is None else cutoff_hz
            self._made[name] = Series(self.tracks.time_s, make(False), make(True), cutoff, pose.fps)
        return self._made[name]

    def angle(self, value_deg: float, sd_times: float) -> Quantity:
        """An angle of the body with the errors of the pose model.

        Parameters
        ----------
        value_deg : float
        sd_times : float
            Its rep's own error, in times the knee's.

        Returns
        -------
        Quantity
            Degrees.
        """
        m = self.measuring
        return Quantity(value_deg, sd_times * m.angle_model_sd_deg, "deg").vaguer(m.angle_body_sd_deg * self.coarseness)

    def in_metres(self, way: Quantity, unit: str) -> Quantity:
        """A way or a speed in metres.

        Parameters
        ----------
        way : Quantity
            In %BH, or %BH a second.
        unit : str
            m, or m/s.

        Returns
        -------
        Quantity
            Unknown without a scale.
        """
        if self.scale is None:
            return Quantity(np.nan, np.nan, unit)
        metres = self.scale.value * self.tracks.pose.body_height_px / 100
        return way.scaled(metres, unit).vaguer(abs(way.value) * metres * self.scale.sd / self.scale.value)

    def oblique_deg(self, angle_deg: float) -> float:
        """Standard uncertainty in degrees that an oblique view leaves of a sagittal angle `angle_deg`."""
        return abs(angle_deg) * (1 - self._cos_yaw)

    def oblique_pct(self, offset_pct: float) -> float:
        """The same of a forward offset `offset_pct`, %BH: foreshortened, and mixed with the body's breadth."""
        sine = float(np.sqrt(1 - self._cos_yaw**2))
        return float(np.hypot(offset_pct * (1 - self._cos_yaw), METRIC.breadth_difference_pct_bh * sine))

    @property
    def _cos_yaw(self) -> float:
        return float(np.cos(np.radians(self.tracks.camera.off_side_deg)))

    def chain(self, rep: Rep, *, raw: bool = False) -> FloatArray:
        """Ear, shoulder, hip, knee and ankle: the near ear, and all else of the working leg's side.

        Parameters
        ----------
        rep : Rep
        raw : bool
            Of unfiltered landmarks.

        Returns
        -------
        (n, 5, 2)
            px.
        """
        ear = PLUMB_CHAIN[self.tracks.camera.near_side][0]
        xy = self.tracks.pose.raw if raw else self.tracks.pose.xy
        return np.asarray(xy[:, [ear, *PLUMB_CHAIN[self.leg(rep)][1:]]])
