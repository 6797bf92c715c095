"""The shipped films of athletes: who does what, where, before which camera."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from plumbline.synthetic.body import BODY_NAMES, Body, load_body
from plumbline.synthetic.build import ImpossibleMovementError, build
from plumbline.synthetic.camera import Camera
from plumbline.synthetic.film import Shot, framed
from plumbline.synthetic.frontal import Frontal, sideways
from plumbline.synthetic.gaits import cut, running
from plumbline.synthetic.jumping import jump
from plumbline.synthetic.movements import Odd, hops
from plumbline.synthetic.render import Shutter
from plumbline.synthetic.scene import Scene
from plumbline.synthetic.skeleton import SEGMENTS, Anatomy, Movement
from plumbline.synthetic.slow import dips, marching
from plumbline.synthetic.wardrobe import Look

Maker = Callable[[Anatomy, np.random.Generator], Movement]
TRIES = 20

SCENES = {
    "gym": Scene("gym", light_from_deg=40, light_height_deg=55),
    "hall": Scene("gym", light_from_deg=-50, light_height_deg=65, light=1.0, sky=0.65, soft_m=0.04, seed=3),
    "track": Scene("track", light_from_deg=-60, light_height_deg=38, light=2.0, sky=0.6, soft_m=0.008, grain=0.008),
    "lane": Scene("track", light_from_deg=70, light_height_deg=50, light=1.8, sky=0.65, soft_m=0.008, seed=2),
    "field": Scene("field", light_from_deg=115, light_height_deg=35, light=1.9, sky=0.6, soft_m=0.008, warm=0.6),
    "lawn": Scene("field", light_from_deg=-30, light_height_deg=58, light=1.6, sky=0.7, soft_m=0.01, seed=4),
    "corridor": Scene("corridor", light_from_deg=10, light_height_deg=75, light=0.8, sky=0.7, soft_m=0.05, grain=0.018),
    "room": Scene("room", light_from_deg=-70, light_height_deg=35, light=1.0, sky=0.5, soft_m=0.04, grain=0.018),
}
# What each body wears.
LOOKS = {
    "f155": Look(
        (0.62, 0.43, 0.32), (0.06, 0.04, 0.03), "ponytail", "tee", (0.85, 0.30, 0.20), "tights", (0.13, 0.13, 0.16)
    ),
    "f162": Look((0.88, 0.70, 0.60), (0.40, 0.26, 0.14), "ponytail", "singlet", (0.90, 0.90, 0.88), "short_tights"),
    "f166": Look(
        (0.82, 0.63, 0.52), (0.20, 0.12, 0.08), "bun", "long_sleeve", (0.35, 0.20, 0.40), "tights", (0.10, 0.11, 0.14)
    ),
    "f171": Look(
        (0.45, 0.30, 0.22), (0.05, 0.04, 0.04), "bun", "singlet", (0.75, 0.20, 0.35), "tights", (0.12, 0.13, 0.20)
    ),
    "f179": Look(
        (0.90, 0.74, 0.65), (0.72, 0.56, 0.34), "ponytail", "tee", (0.30, 0.55, 0.45), "shorts", (0.15, 0.17, 0.22)
    ),
    "m167": Look(
        (0.76, 0.57, 0.43), (0.05, 0.04, 0.04), "short", "tee", (0.92, 0.80, 0.25), "shorts", (0.08, 0.08, 0.10)
    ),
    "m174": Look(
        (0.84, 0.65, 0.55), (0.25, 0.17, 0.11), "cropped", "tee", (0.45, 0.48, 0.50), "shorts", (0.15, 0.20, 0.35)
    ),
    "m180": Look(),
    "m186": Look(
        (0.86, 0.68, 0.58), (0.45, 0.44, 0.43), "short", "tee", (0.82, 0.83, 0.85), "shorts", (0.30, 0.31, 0.33)
    ),
    "m195": Look(
        (0.33, 0.22, 0.16), (0.04, 0.03, 0.03), "cropped", "singlet", (0.15, 0.45, 0.30), "shorts", (0.85, 0.85, 0.85)
    ),
}  # fmt: skip
SHOES = {
    "f155": (0.95, 0.45, 0.20),
    "f162": (0.20, 0.30, 0.70),
    "f166": (0.55, 0.55, 0.58),
    "f171": (0.95, 0.55, 0.15),
    "f179": (0.30, 0.75, 0.65),
    "m167": (0.12, 0.12, 0.13),
    "m174": (0.15, 0.15, 0.16),
    "m186": (0.70, 0.15, 0.12),
    "m195": (0.85, 0.95, 0.25),
}


@dataclass(frozen=True)
class Take:
    """One film: a movement's maker and how long of it is shown, a body, a scene, a camera, a rate.

    `planted` names the faults that single reps, counted from 0, were given.
    """

    make: Maker
    body: str
    scene: str
    camera: Camera
    fps: float = 60.0
    seed: int = 0
    span_s: tuple[float, float] = (0.0, 60.0)
    shake_px: float = 0.0
    planted: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def standing(anatomy: Anatomy, rng: np.random.Generator, duration_s: float = 3.0) -> Movement:
    """Quiet standing: the whole body sways about its ankles by a fraction of a degree."""
    t = np.arange(0, duration_s, 0.004)
    sway = np.radians(0.35 * np.sin(2 * np.pi * 0.31 * t + rng.uniform(0, 6)) + rng.uniform(-1.5, 0.5))
    c, s, o, i = np.cos(sway), np.sin(sway), np.zeros_like(t), np.ones_like(t)
    turn = np.stack([np.stack([c, -s, o], -1), np.stack([s, c, o], -1), np.stack([o, o, i], -1)], 1)
    rotation = np.tile(np.eye(3), (len(t), len(SEGMENTS), 1, 1))
    for k, name in enumerate(SEGMENTS):
        if not name.endswith(("foot", "toes")):
            rotation[:, k] = turn
    ankle = anatomy.joints["left_foot"] * [1, 1, 0]
    root = ankle + turn @ (anatomy.joints["pelvis"] - ankle)
    always = np.array([[-np.inf, np.inf]])
    return Movement(anatomy, t, root, rotation, {"left": always, "right": always}, "standing")


UPRIGHT = Camera(540, 720, fov_deg=44)
WIDE = Camera(960, 540, fov_deg=36)

# Three hops that lean, three that stay too long: enough for a fault of the set.
LEANS, STAYS = Odd(trunk_deg=20.0), Odd(contact_s=0.34)
FAULTY = {1: LEANS, 2: STAYS, 3: LEANS, 5: LEANS, 6: STAYS, 7: STAYS}
# What each brings with it: a trunk that leans breaks the line, and a long contact bends the knees, for 0.145 s.
BROUGHT = {LEANS: ("trunk_lean", "line_broken"), STAYS: ("long_contact", "knee_travel_long", "slow_knee")}
PLANTED = {k: BROUGHT[odd] for k, odd in FAULTY.items()}

TAKES: dict[str, Take] = {
    "pogo_faults": Take(
        lambda a, r: build(hops(a, r, 8, contact_s=(0.17, 0.19), flight_s=(0.34, 0.36), arms=6, odd=FAULTY)),
        "m174", "track", replace(UPRIGHT, height_m=0.9), 60, 28, (0.6, 7.0), planted=PLANTED,
    ),
    "pogo": Take(lambda a, r: build(hops(a, r, 6)), "f171", "gym", replace(UPRIGHT, height_m=0.9), 60,
        1, (0.6, 5.2)),
    "travelling_hops": Take(
        lambda a, r: build(hops(a, r, 4, travel_m=0.35, name="travelling_hop")),
        "m180", "track", replace(WIDE, near="left", height_m=1.1), 60, 2, (0.6, 5.0),
    ),
    "squat_jump": Take(
        lambda a, r: build(jump(a, r)), "f162", "field", replace(UPRIGHT, yaw_deg=5, roll_deg=1.0), 60, 3, (0.2, 4.0)
    ),
    "squats": Take(
        lambda a, r: dips(a, r, 2), "m174", "room", replace(UPRIGHT, near="left", height_m=0.7), 30, 4, (0.3, 6.5)
    ),
    "lunges": Take(
        lambda a, r: dips(a, r, 2, lunge=True), "f179", "corridor", replace(UPRIGHT, height_m=0.8), 30, 5, (0.3, 6.5)
    ),
    "high_knees": Take(
        lambda a, r: marching(a, r, 8, step_s=0.42, thigh_deg=92), "m167", "lane", replace(UPRIGHT, yaw_deg=-4), 30, 6,
        (0.5, 5.3)
    ),
    "standing": Take(standing, "f166", "corridor", replace(UPRIGHT, near="left"), 30, 7),
    "single_leg_hops": Take(
        lambda a, r: build(hops(a, r, 6, leg="right", contact_s=(0.2, 0.3), flight_s=(0.18, 0.28),
        name="single_leg_hop")),
        "f155", "hall", replace(UPRIGHT, height_m=0.8, roll_deg=-1.2), 60, 8, (0.6, 4.8),
    ),
    "treadmill_run": Take(
        lambda a, r: running(a, r, 3.4, heel=True, treadmill=True), "m195", "room",
        replace(UPRIGHT, near="left", height_m=0.9), 60, 9, (0.0, 3.4),
    ),
    "drop_landing": Take(
        lambda a, r: build(jump(a, r, down_m=0.32, name="drop_landing")), "m186", "hall",
        replace(UPRIGHT, height_m=0.9, yaw_deg=3), 60, 10, (0.3, 3.4),
    ),
    "tuck_jumps": Take(
        lambda a, r: build(hops(a, r, 4, contact_s=(0.26, 0.38), flight_s=(0.42, 0.5), tuck_deg=80, name="tuck_jump")),
        "m180", "lawn", replace(UPRIGHT, near="left", height_m=1.2), 60, 11, (0.8, 5.0), 1.0,
    ),
    "rope_skipping": Take(
        lambda a, r: build(hops(a, r, 8, contact_s=(0.2, 0.28), flight_s=(0.16, 0.24), arms=4, name="rope_skipping")),
        "f179", "gym", replace(UPRIGHT, near="left", height_m=1.0), 60, 12, (0.8, 4.8),
    ),
    "front_hops": Take(
        lambda a, r: sideways(build(hops(a, r, 6, contact_s=(0.18, 0.26), flight_s=(0.24, 0.34), arms=5)),
        Frontal(24, 2, 0, 4), "front_hop"),
        "m174", "hall", replace(UPRIGHT, yaw_deg=88, height_m=1.0), 60, 13, (0.6, 5.0),
    ),
}  # fmt: skip


def random_take(seed: int, fps: float, reps: int) -> Take:
    """Hops of a random athlete in a random place, for checks on fresh films."""
    rng = np.random.default_rng(seed)
    camera = replace(
        UPRIGHT,
        near="right" if rng.random() < 0.5 else "left",
        height_m=float(rng.uniform(0.6, 1.4)),
        yaw_deg=float(rng.normal(0, 3)),
        roll_deg=float(rng.normal(0, 0.8)),
    )
    body, scene = str(rng.choice(BODY_NAMES)), str(rng.choice(list(SCENES)))
    return Take(lambda a, r: build(hops(a, r, reps)), body, scene, camera, fps, seed)


def look_of(name: str) -> Look:
    """What a body wears."""
    look = LOOKS[name]
    return replace(look, shoe_colour=SHOES[name]) if name in SHOES else look


def filmed(take: Take) -> tuple[Movement, Body, Shot]:
    """The movement, the body and the shot of a take; the same every time.

    Raises
    ------
    ImpossibleMovementError
        When no draw of the movement is one that the body can do.
    """
    body, rng = load_body(take.body), np.random.default_rng(take.seed)
    for _ in range(TRIES):
        try:
            whole = take.make(body.anatomy, rng)
            break
        except ImpossibleMovementError as error:
            reason = error
    else:
        raise ImpossibleMovementError(f"{take.body} can do none of {TRIES} draws: {reason}")
    last = min(take.span_s[1], float(whole.time_s[-1]))
    movement = cut(whole, take.span_s[0], last) if take.span_s[0] > 0 or last < whole.time_s[-1] else whole
    shutter = Shutter(open_s=min(1 / 120, 0.4 / take.fps), instants=4)
    shot = Shot(framed(movement, take.camera), SCENES[take.scene], look_of(take.body), shutter, take.fps)
    return movement, body, replace(shot, seed=take.seed, shake_px=take.shake_px)
