"""Several people over a film: found again from frame to frame by place, speed and size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from plumbline.arrays import FloatArray
from plumbline.errors import SettingsError
from plumbline.pose._sequence import PoseSequence, heights_of, middle_of
from plumbline.pose._settings import POSE
from plumbline.pose.landmarks import N_LANDMARKS

CHOICES = ("auto", "largest", "moving")


@dataclass(frozen=True)
class People:
    """Everyone seen in a film.

    Attributes
    ----------
    time_s : (n,)
        Presentation times.
    xy : (p, n, 33, 2)
        Landmarks in px of the upright full-size picture, NaN where someone is not seen.
    visibility : (p, n, 33)
        The model's own, 0 to 1; NaN where someone is not seen.
    width, height : int
        Size of the picture in px.
    model : str
        Name of the pose model.
    """

    time_s: FloatArray
    xy: FloatArray
    visibility: FloatArray
    width: int
    height: int
    model: str

    def __len__(self) -> int:
        return len(self.xy)

    def person(self, index: int) -> PoseSequence:
        """Landmarks of person `index`, from 0; nobody's when there is no such person."""
        n = len(self.time_s)
        if not 0 <= index < len(self):
            nothing = np.full((n, N_LANDMARKS, 2), np.nan)
            return PoseSequence(self.time_s, nothing, np.zeros((n, N_LANDMARKS)), self.width, self.height, self.model)
        return PoseSequence(self.time_s, self.xy[index], self.visibility[index], self.width, self.height, self.model)

    @property
    def presence(self) -> FloatArray:
        """Share of the frames (p,) in which each person is seen."""
        return np.asarray(np.isfinite(self.xy[..., 0]).any(axis=2).mean(axis=1))

    @property
    def size_px(self) -> FloatArray:
        """Median height (p,) of each person's landmarks."""
        return np.array([float(np.nanmedian(heights_of(p))) for p in self.xy])

    def choose(self, who: str = "auto") -> int:
        """Index of the athlete.

        Parameters
        ----------
        who : str
            "auto" (who is large, long in the picture and moves on the spot), "largest",
            "moving", a number from 1 (in order of appearance), or a point "x,y" as
            fractions of the picture: whoever comes nearest to it.

        Returns
        -------
        int
            From 0; 0 also where nobody was seen.

        Raises
        ------
        SettingsError
            When nobody fits or the words are not understood.
        """
        if len(self) == 0:
            return 0
        if who in CHOICES:
            score = self.size_px * self.presence
            if who != "largest":
                still = POSE.still_weight_moving if who == "moving" else POSE.still_weight
                score = score * (still + self._movement())
            return int(np.argmax(score))
        wish = read_choice(who)
        if isinstance(wish, int):
            if not 1 <= wish <= len(self):
                raise SettingsError(
                    "there is no person {who} in this clip: {n} seen, counted from 1.", who=who, n=len(self)
                )
            return wish - 1
        return self._nearest(np.array([wish[0] * self.width, wish[1] * self.height]))

    def _nearest(self, point: FloatArray) -> int:
        """Whoever comes nearest to a point (2,) in px."""
        middle = np.stack([middle_of(p) for p in self.xy])
        away = np.linalg.norm(middle - point, axis=-1)
        return int(np.argmin([np.nanmin(row) for row in away]))

    def _movement(self) -> FloatArray:
        """How far (p,) each person's joints travel about the body's middle, as a share of the most."""
        out = []
        for p in self.xy:
            own = p - middle_of(p)[:, None]
            hips = p[:, 23:25, 1].mean(axis=1)
            limbs = np.nanmean(np.nanstd(own, axis=0))
            out.append((limbs + np.nanstd(hips)) / max(float(np.nanmedian(heights_of(p))), 1.0))
        move = np.array(out)
        return np.asarray(move / max(float(move.max()), 1e-9))


def read_choice(who: str) -> int | tuple[float, float]:
    """A person's number from 1, or a point as fractions of the picture.

    Parameters
    ----------
    who : str
        "2", or "0.4,0.5".

    Returns
    -------
    int or (float, float)
        The number, or x and y as shares of the picture's width and height.

    Raises
    ------
    SettingsError
        When the words are neither.
    """
    if who.isascii() and who.isdecimal():
        if not int(who):
            raise SettingsError("athlete {who} is not there: people are numbered from 1.", who=who)
        return int(who)
    try:
        x, y = (float(part) for part in who.split(","))
    except ValueError:
        raise SettingsError(
            "athlete '{who}' is not understood: give auto, largest, moving, a number, or a point X,Y from 0 to 1.",
            who=who,
        ) from None
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise SettingsError("the point {who} lies outside the picture: give fractions from 0 to 1.", who=who)
    return x, y


def distinct(found: FloatArray) -> FloatArray:
    """Take out second finds of the same person; found (k, 33, 3) in px -> (j, 33, 3)."""
    kept: list[FloatArray] = []
    for one in found:
        size = max(float(heights_of(one)), 1.0)
        near = (float(np.median(np.linalg.norm(one[:, :2] - k[:, :2], axis=1))) for k in kept)
        if all(d > POSE.same_person_share * size for d in near):
            kept.append(one)
    return np.array(kept, float).reshape(-1, N_LANDMARKS, 3)


@dataclass
class _Track:
    """Somebody under way: frames in which they were seen, and where they are expected."""

    rows: list[tuple[int, FloatArray]]
    middle: FloatArray
    speed: FloatArray
    size: float
    last_s: float

    def expected(self, time_s: float) -> FloatArray:
        return np.asarray(self.middle + self.speed * min(time_s - self.last_s, 0.5))

    def see(self, frame: int, time_s: float, one: FloatArray) -> None:
        middle = middle_of(one[:, :2])
        gap = max(time_s - self.last_s, 1e-9)
        self.speed = (1 - POSE.speed_share) * self.speed + POSE.speed_share * (middle - self.middle) / gap
        self.size = (1 - POSE.size_share) * self.size + POSE.size_share * float(heights_of(one))
        self.middle, self.last_s = middle, time_s
        self.rows.append((frame, one))


def _costs(tracks: list[_Track], found: FloatArray, time_s: float) -> FloatArray:
    """Distance (tracks, found) in reaches, inf where it cannot be the same person."""
    out = np.full((len(tracks), len(found)), np.inf)
    for i, track in enumerate(tracks):
        gap = time_s - track.last_s
        reach = min(POSE.reach_share + POSE.reach_per_s * gap, POSE.far_reach_share) * track.size
        for j, one in enumerate(found):
            size = float(heights_of(one))
            away = float(np.linalg.norm(middle_of(one[:, :2]) - track.expected(time_s)))
            factor = max(size, track.size) / max(min(size, track.size), 1.0)
            if away <= reach and factor <= POSE.size_factor:
                out[i, j] = away / track.size + 0.5 * np.log(factor)
    return out


def follow(time_s: FloatArray, found: list[FloatArray]) -> list[list[tuple[int, FloatArray]]]:
    """Link finds of single frames into people.

    Each person is expected where their speed carries them; finds are given to people so that
    the sum of distances (and of changes of size) is smallest. In a crossing, where only one
    of two is found, the other stays expected and is taken up again behind it.

    Parameters
    ----------
    time_s : (n,)
    found : list of (k, 33, 3)
        Landmarks in px and visibility, per frame, of whoever was found.

    Returns
    -------
    list of list of (frame, (33, 3))
        Per person, in order of appearance; passers-by of a few frames left out.
    """
    tracks: list[_Track] = []
    for frame, now in enumerate(time_s):
        people = distinct(found[frame])
        near = [t for t in tracks if now - t.last_s <= POSE.forget_s]
        cost = _costs(near, people, now)
        usable = np.where(np.isfinite(cost), cost, 1_000_000)
        rows, columns = (
            scipy.optimize.linear_sum_assignment(usable) if cost.size else (np.zeros(0, int), np.zeros(0, int))
        )
        taken: set[int] = set()
        for i, j in zip(rows, columns, strict=True):
            if np.isfinite(cost[i, j]):
                near[i].see(frame, now, people[j])
                taken.add(int(j))
        for j, one in enumerate(people):
            if j not in taken:
                track = _Track([], middle_of(one[:, :2]), np.zeros(2), float(heights_of(one)), now)
                track.rows.append((frame, one))
                tracks.append(track)
    enough = max(POSE.min_seen_frames, POSE.min_seen_share * len(time_s))
    return [t.rows for t in tracks if len(t.rows) >= enough]


def gather(
    time_s: FloatArray, tracks: list[list[tuple[int, FloatArray]]], width: int, height: int, model: str
) -> People:
    """Lay linked finds out as arrays, one row of frames a person.

    Parameters
    ----------
    time_s : (n,)
    tracks : list of list of (frame, (33, 3))
        As `follow` links them.
    width, height : int
        Of the picture, px.
    model : str
        Name of the pose model.

    Returns
    -------
    People
    """
    data = np.full((len(tracks), len(time_s), N_LANDMARKS, 3), np.nan)
    for p, rows in enumerate(tracks):
        for frame, one in rows:
            data[p, frame] = one
    return People(time_s, data[..., :2], data[..., 2], width, height, model)


def boxes_of(found: FloatArray) -> FloatArray:
    """Boxes of people.

    Parameters
    ----------
    found : (k, 33, 2 or more)
        Their landmarks, x and y first, px or shares of the picture.

    Returns
    -------
    (k, 4)
        Left, top, right, bottom, in the landmarks' unit.
    """
    if len(found) == 0:
        return np.zeros((0, 4))
    xy = found[..., :2]
    return np.concatenate([xy.min(axis=1), xy.max(axis=1)], axis=1)
