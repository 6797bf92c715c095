"""What a pose model would say of an athlete before a phone: landmarks without a picture.

The errors are of the kinds seen on people: an offset of every landmark that stays with body, shoe and
light; noise that is partly white and partly lasts 30 to 100 ms; feet that hang lower in the air than
they are; legs exchanged; frames without a find.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from plumbline.synthetic.skeleton import INDEX, Anatomy, Array, Movement, joint_positions

N_LANDMARKS = 33
FACE = {0: "nose", 1: "eye", 2: "eye", 3: "eye", 4: "eye", 5: "eye", 6: "eye", 9: "nose", 10: "nose"}
# Of each side's landmarks, the left one's number; the right one's is the next.
PAIRS = {
    7: "ear",
    11: "upper_arm",
    13: "forearm",
    15: "hand",
    17: "fingertip",
    19: "fingertip",
    21: "fingertip",
    23: "thigh",
    25: "shank",
    27: "foot",
    29: "heel",
    31: "toe",
}
LEGS = (23, 25, 27, 29, 31)
FEET = (29, 30, 31, 32)
# A model's heel and toe lie on the shoe, not under it, and the toe behind its tip.
HEEL_MARK_M, TOE_MARK_M = (0.01, 0.025, 0.0), (-0.02, 0.02, 0.0)


@dataclass(frozen=True)
class Phone:
    """A camera that looks at the athlete from the side.

    Attributes
    ----------
    distance_m : float
        From the athlete.
    height_m : float
        Of the lens above the floor.
    yaw_deg : float
        How far the view is off side-on; positive where what is ahead of an athlete who faces right is farther
        away.
    roll_deg : float
        How far the picture is turned, counter-clockwise positive.
    width, height : int
        Of the picture in px.
    focal_px : float
        Focal length.
    follows : bool
        Go along with the hips; else stand still.
    """

    distance_m: float = 5.0
    height_m: float = 0.95
    yaw_deg: float = 0.0
    roll_deg: float = 0.0
    width: int = 720
    height: int = 1280
    focal_px: float = 1400.0
    follows: bool = False


@dataclass(frozen=True)
class Sense:
    """How well the landmarks follow the body; lengths in % of the ankle-to-ear chain.

    Attributes
    ----------
    offset_pct : float
        Spread from body to body of each landmark's own offset.
    white_pct : float
        Noise from frame to frame.
    slow_pct : float
        Noise that lasts.
    memory_s : float
        In which the lasting noise's correlation falls to 1/e.
    droop_pct : float
        How much lower the feet are said to be in the middle of a flight.
    swap_share : float
        Frames with legs exchanged (in stretches).
    missing_share : float
        Frames without a find.
    """

    offset_pct: float = 0.8
    white_pct: float = 0.2
    slow_pct: float = 0.35
    memory_s: float = 0.06
    droop_pct: float = 0.8
    swap_share: float = 0.0
    missing_share: float = 0.0


@dataclass(frozen=True)
class SensedFilm:
    """What a pose model says of a film.

    Attributes
    ----------
    time_s : (n,)
        On the movement's clock.
    xy : (n, 33, 2)
        Landmarks in px, NaN where nobody was found.
    width, height : int
        Of the picture in px.
    facing : {1, -1}
        The athlete faces right, or left.
    true_xy : (n, 33, 2)
        Where the landmarks are in truth, px.
    """

    time_s: Array
    xy: Array
    width: int
    height: int
    facing: int
    true_xy: Array = field(repr=False)


def chain_m(anatomy: Anatomy) -> float:
    """Length in m of ankle, knee, hip, shoulder and ear joined up."""
    places = anatomy.joints | anatomy.points
    names = ("left_foot", "left_shank", "left_thigh", "left_upper_arm", "left_ear")
    at = np.array([places[n][:2] for n in names])
    return float(np.hypot(*np.diff(at, axis=0).T).sum())


def landmark_places(movement: Movement) -> Array:
    """The 33 landmarks (n, 33, 3) in m, where the joints are."""
    places = joint_positions(movement.anatomy, movement.root_m, movement.rotation)
    out = np.zeros((len(movement.time_s), N_LANDMARKS, 3))
    for i, name in FACE.items():
        side = "left" if i in (1, 2, 3, 9) else "right"
        out[:, i] = places[name] if name == "nose" else places[f"{side}_{name}"]
    for i, name in PAIRS.items():
        for j, side in ((i, "left"), (i + 1, "right")):
            out[:, j] = places[f"{side}_{name}"]
    for j, side in ((29, "left"), (30, "right")):
        out[:, j] += movement.rotation[:, INDEX[f"{side}_foot"]] @ np.array(HEEL_MARK_M)
        out[:, j + 2] += movement.rotation[:, INDEX[f"{side}_toes"]] @ np.array(TOE_MARK_M)
    return out


def project(places_m: Array, phone: Phone, centre_m: Array, facing: int) -> Array:
    """Pixels (n, k, 2) of places (n, k, 3), seen from the athlete's right when facing right."""
    rel = places_m - centre_m[..., None, :]
    yaw = np.radians(phone.yaw_deg)
    across = rel[..., 0] * np.cos(yaw) + rel[..., 2] * np.sin(yaw)
    toward = rel[..., 2] * np.cos(yaw) - rel[..., 0] * np.sin(yaw)
    across, toward = facing * across, facing * toward
    scale = phone.focal_px / (phone.distance_m - toward)
    flat = np.stack([across * scale, -(places_m[..., 1] - phone.height_m) * scale], -1)
    a = np.radians(phone.roll_deg)
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    return np.asarray(flat @ turn.T + [phone.width / 2, phone.height * 0.52])


def _lasting(rng: np.random.Generator, n: int, columns: int, step_s: float, memory_s: float) -> Array:
    """Noise (n, columns, 2) of unit spread whose correlation falls to 1/e in `memory_s`."""
    keep = np.exp(-step_s / memory_s)
    out = rng.normal(0, 1, (n, columns, 2))
    for i in range(1, n):
        out[i] = keep * out[i - 1] + np.sqrt(1 - keep**2) * out[i]
    return out


def airborne(movement: Movement, t: Array) -> Array:
    """How far into a flight an instant is (n,): 0 on the ground, 1 in a flight's middle."""
    edges = np.concatenate([v for v in movement.contacts.values() if len(v)])
    grounded = np.zeros(len(movement.time_s), dtype=bool)
    for a, b in edges:
        grounded |= (movement.time_s >= a) & (movement.time_s <= b)
    depth = np.zeros(len(movement.time_s))
    changes = np.flatnonzero(np.diff(np.concatenate([[0], (~grounded).astype(int), [0]])))
    for a, b in zip(changes[::2], changes[1::2], strict=True):
        depth[a:b] = np.sin(np.pi * (np.arange(b - a) + 0.5) / (b - a))
    return np.interp(t, movement.time_s, depth)


def sense(
    movement: Movement, phone: Phone, how: Sense, fps: float, rng: np.random.Generator, facing: int = 1
) -> SensedFilm:
    """Film a movement at a rate with a random phase of its frames.

    Parameters
    ----------
    movement : Movement
    phone : Phone
    how : Sense
    fps : float
        Frames per second.
    rng : numpy.random.Generator
    facing : 1 or -1
        The athlete faces right, or left.

    Returns
    -------
    SensedFilm
        Its clock is the movement's own.
    """
    t = np.arange(rng.uniform(0, 1) / fps, movement.time_s[-1], 1 / fps)
    fine = landmark_places(movement)
    at = np.stack([np.interp(t, movement.time_s, c) for c in fine.reshape(len(fine), -1).T], -1).reshape(len(t), -1, 3)
    centre = np.zeros((len(t), 3))
    hips = at[:, 23:25].mean(axis=1)
    centre[:, 0] = hips[:, 0] if phone.follows else (fine[:, 23, 0].min() + fine[:, 23, 0].max()) / 2
    true = project(at, phone, centre, facing)
    unit = chain_m(movement.anatomy) * phone.focal_px / phone.distance_m / 100
    feet = np.ones((N_LANDMARKS, 1))
    feet[list(FEET)] = 1.4
    xy = true + unit * how.offset_pct * feet * rng.normal(0, 1, (N_LANDMARKS, 2))
    xy = xy + unit * how.white_pct * feet * rng.normal(0, 1, true.shape)
    xy = xy + unit * how.slow_pct * feet * _lasting(rng, len(t), N_LANDMARKS, 1 / fps, how.memory_s)
    xy[:, list(FEET), 1] += (unit * how.droop_pct * airborne(movement, t))[:, None]
    _exchange(xy, rng, how.swap_share)
    xy[rng.random(len(t)) < how.missing_share] = np.nan
    return SensedFilm(t, xy, phone.width, phone.height, facing, true)


def _exchange(xy: Array, rng: np.random.Generator, share: float) -> None:
    """Exchange the legs in stretches of some frames."""
    i = 0
    while share > 0 and i < len(xy):
        length = int(rng.integers(2, 10))
        if rng.random() < share:
            rows = np.arange(i, min(i + length, len(xy)))[:, None]
            left, right = np.array(LEGS), np.array(LEGS) + 1
            xy[rows, left], xy[rows, right] = xy[rows, right].copy(), xy[rows, left].copy()
        i += length
