"""Side views set down by hand, and what every metric gives in them, worked out on paper.

A number is that of either leg; two are those of the near and of the far leg.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from plumbline.metrics import FlatFoot, Scale
from plumbline.pose import SIDES
from tests.hand import FLOOR, PX_PER_PCT, UPRIGHT, Joints, clock, with_knee

Expected = dict[str, tuple[Any, str, float]]


@dataclass(frozen=True)
class Scene:
    """A figure over time, a rep in it, and metric to (value, unit, tolerance)."""

    time_s: np.ndarray
    near: Joints
    far: Joints
    rep: dict[str, Any]
    expected: Expected
    context: dict[str, Any] = field(default_factory=dict)


SCENES: dict[str, Scene] = {}

# Touchdown 1.0, toe-off 1.2, landing 1.6: contact 0.2, flight 0.4.
#   height    9.81 * 0.4^2 / 8                               = 0.1962 m
#   RSI       0.1962 / 0.2 = 0.981 m/s;  0.4 / 0.2 = 2
#   stiffness pi 0.6 / (0.2^2 (0.6 / pi - 0.2 / 4))          = 334.245 N/m/kg (Dalleau et al. 2004, eq. 4)
#             times 70 kg                                    = 23.3972 kN/m
#   cadence   60 / 0.6                                       = 100 a minute
#   duty      0.2 / (2 * 0.6)                                = 0.16667
SCENES["a hop's times"] = Scene(
    clock(0.5, 2.0),
    {},
    {},
    {"touchdown_s": 1.0, "toe_off_s": 1.2, "landing_s": 1.6},
    {
        "contact_time_s": (0.2, "s", 1e-9),
        "flight_time_s": (0.4, "s", 1e-9),
        "step_period_s": (0.6, "s", 1e-9),
        "cadence_per_min": (100.0, "1/min", 1e-6),
        "duty_factor": (0.16667, "1", 1e-5),
        "jump_height_m": (0.1962, "m", 1e-6),
        "rsi_height_m_s": (0.981, "m/s", 1e-6),
        "rsi_ratio": (2.0, "1", 1e-6),
        "vertical_stiffness_per_kg": (334.245, "N/m/kg", 0.01),
        "vertical_stiffness_kn_m": (23.3972, "kN/m", 0.001),
    },
    {"mass_kg": 70.0},
)

# Knees that bend once a second: near 40 - 20 cos(360 t), far 30 - 10 cos(360 t + 18).
# Touchdown 0.1:  40 - 20 cos  36 = 23.820   30 - 10 cos  54 = 24.122
# Toe-off 0.705:  40 - 20 cos 253.8 = 45.580 30 - 10 cos 271.8 = 29.686
# Between, 0.4025: 40 - 20 cos 144.9 = 56.363 30 - 10 cos 162.9 = 39.558
# Peak:           60 at 0.5                  40 at 0.45
# Speed 2 pi * size * sin: flexing fastest a quarter of a second before the peak,
#   20 * 2 pi = 125.66 and 10 * 2 pi = 62.83; extending fastest in the last frame before
#   toe-off, 0.7: near 125.66 * sin 252 = 119.51, far 62.83 in full.
_T = clock(-0.9, 1.7)
_BENDING = {
    "near": with_knee(40 - 20 * np.cos(2 * np.pi * _T)),
    "far": with_knee(30 - 10 * np.cos(2 * np.pi * (_T + 0.05))),
}
SCENES["a contact's knee"] = Scene(
    _T,
    _BENDING["near"],
    _BENDING["far"],
    {"touchdown_s": 0.1, "toe_off_s": 0.705, "landing_s": 1.1},
    {
        "knee_flexion_touchdown_deg": ((23.820, 24.122), "deg", 0.05),
        "knee_flexion_mid_contact_deg": ((56.363, 39.558), "deg", 0.05),
        "knee_flexion_toe_off_deg": ((45.580, 29.686), "deg", 0.05),
        "knee_flexion_peak_deg": ((60.0, 40.0), "deg", 0.05),
        "knee_flexion_range_deg": ((36.180, 15.878), "deg", 0.05),
        "time_to_peak_knee_flexion_s": ((0.4, 0.35), "s", 0.001),
        "knee_flexion_velocity_peak_deg_s": ((125.66, 62.83), "deg/s", 0.5),
        "knee_extension_velocity_peak_deg_s": ((119.51, 62.83), "deg/s", 0.5),
    },
)
# The same knees in a jump: pushed off from -0.705, gone at -0.395, landed at 0.1.
#   deepest: 60 at -0.5; far 40 at -0.55
#   extending fastest in the last frame, -0.4: near 125.66 * sin 36 = 73.86; far, where the leg is 0.15 s past
#   its deepest, 62.83 * sin 54 = 50.83
#   landing 23.820, 24.122; peak 60 and 40; range 36.180 and 15.878; to the peak 0.4 and 0.35 s
SCENES["a jump's knee"] = Scene(
    _T,
    _BENDING["near"],
    _BENDING["far"],
    {"start_s": -0.705, "toe_off_s": -0.395, "landing_s": 0.1, "end_s": 0.5},
    {
        "knee_flexion_deepest_deg": ((60.0, 40.0), "deg", 0.05),
        "knee_extension_velocity_peak_deg_s": ((73.86, 50.83), "deg/s", 0.5),
        "knee_flexion_velocity_peak_deg_s": ((125.66, 62.83), "deg/s", 0.5),
        "knee_flexion_landing_deg": ((23.820, 24.122), "deg", 0.05),
        "knee_flexion_landing_peak_deg": ((60.0, 40.0), "deg", 0.05),
        "knee_flexion_landing_range_deg": ((36.180, 15.878), "deg", 0.05),
        "time_to_peak_knee_flexion_s": ((0.4, 0.35), "s", 0.001),
    },
)
# The window before toe-off holds no landing and the one after it no push-off: 0.1 s of each.
#   -0.3 to -0.1 near: 40 - 20 cos 108 = 46.180 at -0.3; far, 18 further on: 30 - 10 cos 90 = 30.
SCENES["a knee that only opens before toe-off"] = Scene(
    _T,
    _BENDING["near"],
    _BENDING["far"],
    {"start_s": -0.305, "toe_off_s": -0.1, "landing_s": 0.1},
    {"knee_flexion_deepest_deg": ((46.180, 30.0), "deg", 0.05)},
)

# The far heel rises to 31 in mid-contact, from 21 at touchdown; the near one stands at 1.
#   near stands: 31 - 1 = 30;  far stands, the near one swings: 1 - 21 = -20
_STEP = clock(0.5, 2.0)
SCENES["a step's other heel"] = Scene(
    _STEP,
    {},
    {"heel": (-5, 31 - 100 * np.abs(_STEP - 1.1))},
    {"touchdown_s": 1.0, "toe_off_s": 1.2, "landing_s": 1.6},
    {"swing_heel_height_pct_bh": ((30.0, -20.0), "%BH", 0.01)},
)
# The whole body goes up and down by 4 to either side once between the touchdowns: 8 in all.
_WHOLE = {name: (x, y + 4 * np.sin(2 * np.pi * (_STEP - 1.0) / 0.6)) for name, (x, y) in UPRIGHT.items()}
SCENES["a step's bounce"] = Scene(
    _STEP,
    _WHOLE,
    _WHOLE,
    {"touchdown_s": 1.0, "toe_off_s": 1.2, "landing_s": 1.6},
    {"vertical_oscillation_pct_bh": (8.0, "%BH", 0.01)},
)

# Near: thigh 30 ahead of hanging under an upright trunk, hip angle 180 - 30 = 150; shank hangs, the foot
#   points 30 below level: 90 + 30 between shank and foot, 30 beyond square.
#   Knee: thigh forward, shank straight down: 30 of flexion.
# Far: thigh 10 behind hanging, hip angle (unsigned) 170; the foot rises 15: 75, 15 short of square.
_COS, _SIN = np.cos(np.radians([30, 10, 15])), np.sin(np.radians([30, 10, 15]))
SCENES["a push-off"] = Scene(
    clock(0.5, 2.0),
    {
        "knee": (20 * _SIN[0], 50 - 20 * _COS[0]),
        "ankle": (20 * _SIN[0], 30 - 20 * _COS[0]),
        "toe": (20 * _SIN[0] + 10 * _COS[0], 30 - 20 * _COS[0] - 10 * _SIN[0]),
    },
    {
        "knee": (-20 * _SIN[1], 50 - 20 * _COS[1]),
        "ankle": (-20 * _SIN[1], 30 - 20 * _COS[1]),
        "toe": (-20 * _SIN[1] + 10 * _COS[2], 30 - 20 * _COS[1] + 10 * _SIN[2]),
    },
    {"touchdown_s": 1.0, "toe_off_s": 1.2, "landing_s": 1.6},
    {
        "hip_extension_toe_off_deg": ((150.0, 170.0), "deg", 0.01),
        "ankle_plantarflexion_toe_off_deg": ((30.0, -15.0), "deg", 0.01),
        "knee_flexion_toe_off_deg": ((30.0, 10.0), "deg", 0.01),
    },
)

# Places at touchdown (1.0) and how fast they drift, %BH a second; the middle of the contact is 0.1 s on.
#              near                                  far (the ear is the near one)
#   ear        3, +10   at 1.1:  4
#   shoulder   1, +20            3                   3, +20             5
#   hip       -2, -10           -3                  -1, -10            -2
#   knee       4, +30            7                   6, +20             8
#   ankle      0,   0            0                   2,   0             2
# Far ankle at 2, so from it: ear 1 then 2, shoulder 1 then 3, hip -3 then -4, knee 4 then 6.
# Spread: 4 + 2 = 6 then 7 + 3 = 10; far 4 + 3 = 7 then 6 + 4 = 10.
# Lean: middle of the shoulders 2, of the hips -1.5: atan(3.5 / 30) = 6.654.
# Head (near ear) square to that trunk, whichever leg works: (1 * 30 - 10 * 3.5) / sqrt(912.25) = -0.166.
# Foot: near heel (-5, 1), toe (5, 4): atan(3 / 10) = 16.699; far toe down: atan(-2 / 10) = -11.310;
#   the flat foot reads -2 in this clip: 18.699 and -9.310.
# Heel in contact: near 3 + 10 (t - 1): lowest 3 at touchdown; far 4 - 10 (t - 1): 2 at toe-off. Flat at 1: 2 and 1.
# Feet carried 60 %BH/s by the ankle would be travel; here they stand.
_T1 = clock(0.5, 2.0)
_D = _T1 - 1.0
SCENES["a touchdown's posture"] = Scene(
    _T1,
    {
        "ear": (3 + 10 * _D, 90),
        "shoulder": (1 + 20 * _D, 80),
        "hip": (-2 - 10 * _D, 50),
        "knee": (4 + 30 * _D, 27),
        "ankle": (0, 4),
        "heel": (-5, 3 + 10 * _D),
        "toe": (5, 6 + 10 * _D),
    },
    {
        "ear": (50, 91),  # the far head must not count
        "shoulder": (3 + 20 * _D, 80),
        "hip": (-1 - 10 * _D, 50),
        "knee": (6 + 20 * _D, 27),
        "ankle": (2, 4),
        "heel": (-5, 4 - 10 * _D),
        "toe": (5, 2 - 10 * _D),
    },
    {"touchdown_s": 1.0, "toe_off_s": 1.2, "landing_s": 1.6},
    {
        "plumb_ear_pct_bh": ((3.0, 1.0), "%BH", 0.01),
        "plumb_shoulder_pct_bh": (1.0, "%BH", 0.01),
        "plumb_hip_pct_bh": ((-2.0, -3.0), "%BH", 0.01),
        "plumb_knee_pct_bh": ((4.0, 4.0), "%BH", 0.01),
        "plumb_spread_pct_bh": ((6.0, 7.0), "%BH", 0.01),
        "plumb_ear_mid_contact_pct_bh": ((4.0, 2.0), "%BH", 0.01),
        "plumb_shoulder_mid_contact_pct_bh": (3.0, "%BH", 0.01),
        "plumb_hip_mid_contact_pct_bh": ((-3.0, -4.0), "%BH", 0.01),
        "plumb_knee_mid_contact_pct_bh": ((7.0, 6.0), "%BH", 0.01),
        "plumb_spread_mid_contact_pct_bh": ((10.0, 10.0), "%BH", 0.01),
        "head_forward_pct_bh": (-0.166, "%BH", 0.01),
        "foot_ahead_of_hip_pct_bh": ((2.0, 3.0), "%BH", 0.01),
        "trunk_lean_deg": (6.654, "deg", 0.02),
        "foot_strike_angle_deg": ((18.699, -9.310), "deg", 0.01),
        "heel_clearance_pct_bh": ((2.0, 1.0), "%BH", 0.01),
    },
    {"flat": dict.fromkeys(SIDES, FlatFoot(angle_deg=-2.0, heel_px=FLOOR - 1 * PX_PER_PCT))},
)
# Held from 0.8 to 1.6, its middle is 1.2: ear 3 + 10 * 0.2 = 5, shoulder 1 + 4 = 5, hip -2 - 2 = -4, knee 4 + 6 = 10;
# far, from its ankle: 3, 5, -5, 6 + 4 - 2 = 8. Lean: middles of the shoulders 6 and of the hips -3.5 over 30: 17.571.
# Head square to that trunk: (-1 * 30 - 10 * 9.5) / sqrt(990.25) = -3.972.
SCENES["a posture held"] = Scene(
    _T1,
    SCENES["a touchdown's posture"].near,
    SCENES["a touchdown's posture"].far,
    {"start_s": 0.8, "end_s": 1.6, "key_s": 1.0, "held": True},
    {
        "plumb_ear_pct_bh": ((5.0, 3.0), "%BH", 0.01),
        "plumb_shoulder_pct_bh": (5.0, "%BH", 0.01),
        "plumb_hip_pct_bh": ((-4.0, -5.0), "%BH", 0.01),
        "plumb_knee_pct_bh": ((10.0, 8.0), "%BH", 0.01),
        "plumb_spread_pct_bh": ((14.0, 13.0), "%BH", 0.01),
        "head_forward_pct_bh": (-3.972, "%BH", 0.01),
        "trunk_lean_deg": (17.571, "deg", 0.02),
    },
)

# Hips stand at 50, go down half a cosine to 38 from 1.0 to 2.5, and are up again at 3.1: 12 down.
_T2 = clock(0.0, 4.0)
_BEND = np.interp(_T2, [1.0, 2.5, 3.1], [0.0, np.pi, 2 * np.pi])
SCENES["a squat"] = Scene(
    _T2,
    {"hip": (0, 44 + 6 * np.cos(_BEND)), "knee": (4, 27), "toe": (10, 1)},
    {"hip": (0, 44 + 6 * np.cos(_BEND)), "knee": (12, 27), "toe": (9, 1)},
    {"start_s": 1.0, "key_s": 2.5, "end_s": 3.1},
    {
        "hip_drop_pct_bh": (12.0, "%BH", 0.05),
        "down_time_s": (1.5, "s", 1e-9),
        "up_time_s": (0.6, "s", 1e-9),
        "rep_time_s": (2.1, "s", 1e-9),
        "rise_time_s": (1.5, "s", 1e-9),
        "return_time_s": (0.6, "s", 1e-9),
        "hold_time_s": (2.1, "s", 1e-9),
        "knee_ahead_of_toe_pct_bh": ((-6.0, 3.0), "%BH", 0.01),
    },
)

# Hips stand at 50 until 1.0, dip to 45 before toe-off (1.4) and rise to 62 in flight (to 1.8); they land higher, and
# rise to 70 afterwards, which is none of the flight's. 62 - 50 = 12.
_FLIGHT = np.interp(_T2, [0, 1.0, 1.2, 1.4, 1.6, 1.8, 2.2, 4], [50, 50, 45, 52, 62, 56, 70, 70])
SCENES["a jump onto a box"] = Scene(
    _T2,
    {"hip": (0, _FLIGHT)},
    {"hip": (0, _FLIGHT)},
    {"start_s": 1.0, "toe_off_s": 1.4, "landing_s": 1.8, "end_s": 2.2},
    {"hip_rise_pct_bh": (12.0, "%BH", 0.1)},
)

# Feet stand at 10 (far 8) in the contact at 1.0, at 45 (far 48) in the one at 1.6: 35, of the far foot 40.
# At 0.005 m/px and 4 px to the percent, 35 %BH are 35 * 4 * 0.005 = 0.70 m, 40 are 0.80.
_FOOT = np.interp(_T1, [1.25, 1.5], [0.0, 1.0])
SCENES["a hop that travels"] = Scene(
    _T1,
    {"ankle": (10 + 35 * _FOOT, 4)},
    {"ankle": (8 + 40 * _FOOT, 4)},
    {"touchdown_s": 1.0, "toe_off_s": 1.2, "landing_s": 1.6},
    {"travel_pct_bh": ((35.0, 40.0), "%BH", 0.01), "step_length_m": ((0.70, 0.80), "m", 1e-4)},
    {"scale": Scale(0.005, 0.0001, "marked distance")},
)

# Hips pass over the toes: the near one by 205, the far one by 195 %BH a second, their middle by 200; the camera
# pans, so that all of it moves by 40 more. In 0.6 s from touchdown to touchdown 120 %BH. A percent is 4 px of
# 0.005 m: 4 m/s and 2.4 m.
SCENES["a runner's step"] = Scene(
    _T1,
    {"hip": (-20 + 245 * _D, 50), "toe": (14 + 40 * _D, 1)},
    {"hip": (-20 + 235 * _D, 50), "toe": (10 + 40 * _D, 1)},
    {"touchdown_s": 1.0, "toe_off_s": 1.2, "landing_s": 1.6},
    {
        "running_speed_bh_s": (2.0, "BH/s", 1e-3),
        "running_step_pct_bh": (120.0, "%BH", 0.1),
        "running_speed_m_s": (4.0, "m/s", 2e-3),
        "running_step_m": (2.4, "m", 2e-3),
    },
    {"scale": Scale(0.005, 0.0001, "marked distance")},
)

# A thigh that is raised from hanging to 70 (and the other one only to 20) and back: level is 90.
_LIFT = np.radians(70 * np.sin(np.pi * np.clip(_T2 - 1, 0, 1)))
SCENES["a raised knee"] = Scene(
    _T2,
    {"knee": (23 * np.sin(_LIFT), 50 - 23 * np.cos(_LIFT))},
    {"knee": (23 * np.sin(_LIFT / 3.5), 50 - 23 * np.cos(_LIFT / 3.5))},
    {"start_s": 1.0, "key_s": 1.5, "end_s": 2.0},
    {"thigh_angle_peak_deg": (70.0, "deg", 0.05)},
)

# Hips sway 2 %BH to either side, three times in the 3 s: 2 / sqrt 2 = 1.414 rms. Far hips 1 %BH: 0.707.
_SWAY = np.sin(2 * np.pi * _T2)
SCENES["a sway"] = Scene(
    _T2,
    {"hip": (2 * _SWAY, 50)},
    {"hip": (1 * _SWAY, 50)},
    {"start_s": 0.5, "end_s": 3.5, "held": True},
    {"sway_rms_pct_bh": ((1.414, 0.707), "%BH", 0.01)},
)

# The far leg stands, the near knee is raised to 85 (its foot 15 up). The free foot is up from 1.0 to 3.0,
# touches for 0.3 s and is up again from 3.3 to 5.0: one touch, the longest stand 2.0 s.
# Read as the stance of either leg, the knee of that leg counts: far 15, near 90 (thigh up, shank hanging: 85).
_T6 = clock(0.0, 6.0)
_UP = 15 * np.interp(_T6, [0.95, 1.05, 2.95, 3.05, 3.25, 3.35, 4.95, 5.05], [0, 1, 1, 0, 0, 1, 1, 0])
_HIGH = np.radians(85)
_BENT15 = np.radians(15)
SCENES["a stand on the far leg"] = Scene(
    _T6,
    {
        "knee": (23 * np.sin(_HIGH), 50 - 23 * np.cos(_HIGH)),
        "ankle": (23 * np.sin(_HIGH), 4 + _UP),
    },
    {"knee": (0, 27), "ankle": (-23 * np.sin(_BENT15), 27 - 23 * np.cos(_BENT15))},
    {"start_s": 1.0, "end_s": 5.0, "key_s": 3.0, "held": True},
    {
        "foot_touches": (1.0, "1", 1e-9),
        "hold_to_touch_s": (2.0, "s", 0.06),
        "thigh_angle_hold_deg": (85.0, "deg", 0.01),
        "knee_flexion_hold_deg": ((85.0, 15.0), "deg", 0.01),
    },
)

# The trunk tips to 80 from upright over a leg; its speed is a Gaussian in time (sd 0.15 s, middle at 2.0), whose
# spectrum is one too: exp(-(2.4477 x)^2 / 2) for x from 0 to where it is 0.05, sqrt(2 ln 20) = 2.4477.
# The arc of that curve, the integral of sqrt(1 + y'^2) over x from 0 to 1, is 1.416.
# Lines from shoulder over hip to ankle with the trunk at 80: the free leg stretched back along 80 + 180 is one line.
# Working leg near: the far leg is free, 12 below the line. Working leg far: the near one is free, 5 above the line.
_ERF = np.cumsum(np.exp(-((_T2 - 2.0) ** 2) / (2 * 0.15**2)))
_TIP = 80 * _ERF / _ERF[-1]
_TRUNK = np.radians(_TIP)


def _behind(bend_deg: float) -> tuple[Any, Any]:
    along = np.radians(_TIP + 180 + bend_deg)
    return 46 * np.sin(along), 50 + 46 * np.cos(along)


_TIPPED = {"shoulder": (30 * np.sin(_TRUNK), 50 + 30 * np.cos(_TRUNK))}
SCENES["an arabesque"] = Scene(
    _T2,
    {**_TIPPED, "ankle": _behind(5.0)},
    {**_TIPPED, "ankle": _behind(-12.0)},
    {"start_s": 1.0, "key_s": 3.0, "end_s": 3.5},
    {
        "arabesque_line_deg": ((12.0, 5.0), "deg", 0.01),
        "arabesque_lean_deg": (80.0, "deg", 0.01),
        "trunk_smoothness": (-1.416, "1", 0.02),
    },
)

# Heels rise from 1 to 9 (far 1 to 6) and come back: 8 and 5.
_RAISE = 0.5 - 0.5 * np.cos(2 * np.pi * np.clip(_T2 - 1, 0, 1))
SCENES["a heel raise"] = Scene(
    _T2,
    {"heel": (-5, 1 + 8 * _RAISE)},
    {"heel": (-5, 1 + 5 * _RAISE)},
    {"start_s": 1.1, "key_s": 1.5, "end_s": 1.9},
    {"heel_rise_pct_bh": ((8.0, 5.0), "%BH", 0.05)},
)

# At the top the near heel is at (-6, 28) under a hip at (-2, 50): 22 below it, 4 behind.
# Far (3, 40): 10 below, 5 ahead.
SCENES["a recovery"] = Scene(
    clock(0.5, 2.0),
    {"hip": (-2, 50), "heel": (-6, 28)},
    {"hip": (-2, 50), "heel": (3, 40)},
    {"start_s": 0.8, "key_s": 1.2, "end_s": 1.6},
    {"heel_to_hip_pct_bh": ((22.0, 10.0), "%BH", 0.01), "heel_behind_hip_pct_bh": ((4.0, -5.0), "%BH", 0.01)},
)

# A trunk that leans 5 forward, the near thigh carried from 30 ahead (180 - 5 - 30 = 145) to 20 behind
# (180 - 5 + 20 = 195) and back: 50 of travel. Far from hanging (175) to 10 behind (185): 10.
_KICK = 0.5 - 0.5 * np.cos(2 * np.pi * np.clip(_T2 - 1, 0, 1))
_BACK = {"near": np.radians(30 - 50 * _KICK), "far": np.radians(-10 * _KICK)}
_LEANS = {"shoulder": (30 * np.sin(np.radians(5)), 50 + 30 * np.cos(np.radians(5)))}
SCENES["a kick"] = Scene(
    _T2,
    {**_LEANS, "knee": (23 * np.sin(_BACK["near"]), 50 - 23 * np.cos(_BACK["near"]))},
    {**_LEANS, "knee": (23 * np.sin(_BACK["far"]), 50 - 23 * np.cos(_BACK["far"]))},
    {"start_s": 1.1, "key_s": 1.5, "end_s": 1.9},
    {
        "hip_extension_peak_deg": ((195.0, 185.0), "deg", 0.05),
        "hip_extension_range_deg": ((50.0, 10.0), "deg", 0.1),
    },
)
