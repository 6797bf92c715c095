"""What recognition stands on: numbers of figures set down by hand, and how likely they make each movement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from plumbline.catalogue import find_drill
from plumbline.contact import Contact, Contacts, Gait
from plumbline.contact._gait import Step
from plumbline.geometry import CameraView, Tracks
from plumbline.reps import Seen, fits
from plumbline.reps._chances import _inside, chances, load_profiles
from plumbline.reps._seen import look
from plumbline.resources import DATA, read_toml
from tests.hand import NAN, UPRIGHT, clock, tracks_by_hand, with_knee

NO_CONTACTS = Contacts((), NAN, ())
INF = float("inf")

# A body that stands still with its arms down: what nothing shows is not a number.
STILL = Seen(
    flights=0.0,
    flight_s=NAN,
    flight_gap_s=INF,
    flight_feet_apart_pct_bh=NAN,
    flight_knee_deg=NAN,
    flight_split_pct_bh=NAN,
    floor_change_pct_bh=0.0,
    level_flights=0.0,
    first_drop_pct_bh=0.0,
    lifts=0.0,
    lift_rate_hz=NAN,
    thigh_deg=NAN,
    lift_knee_deg=NAN,
    one_leg_share=0.0,
    same_leg_share=0.0,
    dips=0.0,
    dip_pct_bh=NAN,
    dip_split_pct_bh=NAN,
    dip_lift_pct_bh=NAN,
    slide_pct_bh=0.0,
    travel_pct_bh_s=0.0,
    trunk_deg=0.0,
    trunk_range_deg=0.0,
    hands_low_pct_bh=47.0,  # the wrists hang at 48, heels and toes are at 1
    still_share=1.0,
    steps=0.0,
    step_rate_hz=NAN,
    duty=NAN,
    bounce_pct_bh=NAN,
)


def bump(time_s: np.ndarray, start_s: float, top_s: float, end_s: float) -> np.ndarray:
    """From 0 to 1 and back, along half cosines; 0 elsewhere."""
    return 0.5 - 0.5 * np.cos(np.pi * np.interp(time_s, [start_s, top_s, end_s], [0, 1, 2]))


def stands(*rows: tuple[float, float]) -> Contacts:
    return Contacts(tuple(Contact(a, b, 0.004, 0.005, 0.0, "both") for a, b in rows), 600.0, ())


def seen(time_s: np.ndarray, near: dict[str, Any], far: dict[str, Any], contacts: Contacts = NO_CONTACTS) -> Seen:
    return look(tracks_by_hand(time_s, near, far), contacts)


def same(found: Seen, **expected: float) -> None:
    """The numbers are these; what is not named is as of a body that stands still."""
    assert found.values() == pytest.approx(STILL.values() | expected, abs=1e-6, nan_ok=True)


def body(x: Any = 0.0, up: Any = 0.0) -> dict[str, tuple[Any, Any]]:
    """All joints of a standing figure, moved."""
    return {joint: (a + x, b + up) for joint, (a, b) in UPRIGHT.items()}


# Numbers -----------------------------------------------------------------------------------------


def test_a_body_that_stands_still() -> None:
    same(seen(clock(0, 3), {}, {}))


def test_a_body_that_is_carried_along() -> None:
    """15 %BH a second: it does not stand still."""
    t = clock(0, 2)
    found = seen(t, body(15 * t), body(15 * t))
    assert found.travel_pct_bh_s == pytest.approx(15.0, abs=1e-3)
    same(replace(found, travel_pct_bh_s=15.0), travel_pct_bh_s=15.0, still_share=0.0)
    back = seen(t, body(-15 * t), body(-15 * t))
    assert back.travel_pct_bh_s == pytest.approx(15.0, abs=1e-3)
    # Hips, ankles and wrists count: 6.5 is movement, 5.5 is none.
    for speed, share in ((6.5, 0.0), (5.5, 1.0)):
        assert seen(t, body(0, speed * t), body(0, speed * t)).still_share == share
    # Half of the time.
    moves = 40 * np.clip(t - 1, 0, None)
    assert seen(t, body(0, moves), body(0, moves)).still_share == pytest.approx(0.5, abs=0.06)


def test_a_trunk_that_tips() -> None:
    """From 10 to 50 degrees at an even rate: 30 in the middle, and 9 tenths of 40 from the 5th to the 95th part."""
    t = clock(0, 40)
    a = np.radians(10 + t)
    head = {"shoulder": (30 * np.sin(a), 50 + 30 * np.cos(a))}
    found = seen(t, head, head)
    assert found.trunk_deg == pytest.approx(30.0, abs=0.01)
    assert found.trunk_range_deg == pytest.approx(36.0, abs=0.05)


def test_knees_that_are_raised() -> None:
    """The near thigh comes up to 60 degrees at 1, 2 and 3.5 s, its foot is up by 20.

    Half cosines of 20 lie above 4 for 1 - acos(0.6) / pi = 0.7048 of their time: 3 * 0.8 s in 4.5 s.
    """
    t = clock(0, 4.5)
    up = np.sum([bump(t, x - 0.4, x, x + 0.4) for x in (1.0, 2.0, 3.5)], axis=0)
    thigh = np.radians(60 * up)
    leg = {"knee": (23 * np.sin(thigh), 50 - 23 * np.cos(thigh)), "ankle": (0, 4 + 20 * up)}
    found = seen(t, leg, {})
    assert (found.lifts, found.flights, found.dips) == (3.0, 0.0, 0.0)
    assert found.lift_rate_hz == pytest.approx(1 / 1.25)  # gaps of 1.0 and 1.5 s
    assert found.thigh_deg == pytest.approx(60.0, abs=0.5)
    # At the top: hip (0, 50), knee (19.919, 38.5), ankle (0, 24): down by 30 degrees to the one, then by 143.95.
    assert found.lift_knee_deg == pytest.approx(113.95, abs=0.5)
    assert found.one_leg_share == pytest.approx(3 * 0.8 * 0.7048 / 4.5, abs=0.01)
    # The same of the other leg; nothing of feet that are raised by 3.5 only.
    assert seen(t, {}, leg).lifts == 3.0
    assert seen(t, {"ankle": (0, 4 + 3.5 * up)}, {}).lifts == 0.0
    assert seen(t, {"ankle": (0, 4 + 4.5 * up)}, {}).lifts == 3.0


def test_the_leg_that_stays_up_is_looked_for_between_the_flights() -> None:
    """Both feet stand for 1 s, one is up by 10 during hops from 1.2 to 2.8 s, both stand again for 1.2 s."""
    t = clock(0, 4)
    up = np.interp(t, [1.0, 1.1, 2.9, 3.0], [0, 10, 10, 0])
    hops = stands((NAN, 1.2), (1.5, 1.7), (2.0, 2.2), (2.5, 2.6), (2.8, NAN))
    leg = {"ankle": (0, 4 + up)}
    one = seen(t, leg, {}, hops)
    assert one.same_leg_share == pytest.approx(1.0, abs=0.02)
    assert one.one_leg_share == pytest.approx(0.48, abs=0.02)
    # Legs that take turns at 2.0 s: each is up for half of the time.
    first, second = np.where(t < 2.0, up, 0.0), np.where(t < 2.0, 0.0, up)
    turns = seen(t, {"ankle": (0, 4 + first)}, {"ankle": (0, 4 + second)}, hops)
    assert turns.same_leg_share == pytest.approx(0.5, abs=0.03)
    assert seen(t, leg, {}).same_leg_share == 0.0


def test_two_lifts_lie_apart_by_a_fifth_of_a_second() -> None:
    """0.18 s: of tops 0.16 s apart every other one is counted, of those 0.2 s apart each."""
    t = clock(0, 3)
    for apart, rate in ((0.16, 1 / 0.32), (0.2, 5.0)):
        up = 20 - 20 * np.cos(2 * np.pi * t / apart)
        assert seen(t, {"ankle": (0, 4 + up)}, {}).lift_rate_hz == pytest.approx(rate, abs=0.01)


def test_hips_that_go_down() -> None:
    """By 20 at 1.5 s and by 10 at 3.5 s; the far foot is 12 ahead and 3 higher, at the second bend 16 and 5."""
    t = clock(0, 5)
    deep = 20 * bump(t, 0.8, 1.5, 2.2) + 10 * bump(t, 2.8, 3.5, 4.2)
    late = np.where(t > 2.5, 1.0, 0.0)
    hip = {"hip": (0, 50 - deep)}
    found = seen(t, hip, {**hip, "ankle": (12 + 4 * late, 7 + 2 * late)})
    assert found.dips == 2.0
    assert found.dip_pct_bh == pytest.approx(15.0, abs=0.5)
    assert (found.dip_split_pct_bh, found.dip_lift_pct_bh) == (pytest.approx(14.0), pytest.approx(4.0))
    assert (found.lifts, found.flights) == (0.0, 0.0)
    shallow = {"hip": (0, 50 - 7.5 * bump(t, 1, 2, 3))}
    assert seen(t, shallow, shallow).dips == 0.0
    enough = {"hip": (0, 50 - 8.5 * bump(t, 1, 2, 3))}
    assert seen(t, enough, enough).dips == 1.0


def test_flights() -> None:
    """From 1.0 to 1.4, 1.6 to 1.9 and 2.2 to 2.7 s: 0.4 in the middle, starts 0.6 apart.

    In them the far foot is 6 ahead of the near one and 3 over it, the near knee bent by 40, the far one by 25.
    """
    t = clock(0, 3.5)
    near, far = with_knee(40.0), with_knee(25.0)
    x, y = near["ankle"][0], near["ankle"][1]
    far_ankle = (far["ankle"][0], far["ankle"][1])
    given = stands((NAN, 1.0), (1.4, 1.6), (1.9, 2.2), (2.7, NAN))
    found = seen(t, near, far, given)
    assert found.flights == 3.0
    assert (found.flight_s, found.flight_gap_s) == (pytest.approx(0.4), pytest.approx(0.6))
    assert found.flight_split_pct_bh == pytest.approx(abs(far_ankle[0] - x))
    assert found.flight_feet_apart_pct_bh == pytest.approx(abs(far_ankle[1] - y))
    assert found.flight_knee_deg == pytest.approx(25.0)
    assert found.floor_change_pct_bh == pytest.approx(0.0)
    alone = seen(t, near, far, stands((NAN, 1.0), (1.4, NAN)))
    assert (alone.flights, alone.flight_gap_s) == (1.0, INF)
    # An end that is not seen is no flight.
    assert seen(t, near, far, stands((NAN, NAN), (1.4, 1.6), (1.9, NAN))).flights == 1.0
    short = seen(t, near, far, stands((NAN, 1.002), (1.004, NAN)))
    assert short.flight_s == pytest.approx(0.002)
    # Time is the contacts' own, not frames over a rate: of every second frame on, half are left out.
    uneven = np.concatenate([t[:150], t[150::2]])
    assert seen(uneven, near, far, stands((NAN, 2.0), (2.4, NAN))).flight_s == pytest.approx(0.4)


@pytest.mark.parametrize(("steps", "change"), [((0, 25, 15), 25.0), ((30, 10, 20), -20.0), ((0, 5, -4), -9.0)])
def test_the_largest_step_from_floor_to_floor(steps: tuple[float, ...], change: float) -> None:
    """Feet stand on three floors, with flights from 1.0 to 1.4 and from 2.4 to 2.8 s between them."""
    t = clock(0, 3.8)
    floor = np.interp(t, [1.0, 1.4, 2.4, 2.8], [steps[0], steps[1], steps[1], steps[2]])
    up = body(0, floor)
    found = seen(t, up, up, stands((NAN, 1.0), (1.4, 2.4), (2.8, NAN)))
    assert found.floor_change_pct_bh == pytest.approx(change, abs=1.0)


def test_hands_at_their_lowest() -> None:
    """The higher wrist counts, against the lowest foot; the lowest 2 % of the film are left out."""
    t = clock(0, 9.99)
    dip = np.where((t > 3) & (t < 4), 10.0, 48.0)
    low = {"wrist": (0, dip)}
    assert seen(t, low, low).hands_low_pct_bh == pytest.approx(9.0, abs=0.7)
    assert seen(t, low, {}).hands_low_pct_bh == pytest.approx(47.0, abs=0.7)
    tracks = tracks_by_hand(t, low, low)
    raw = tracks.pose.raw.copy()
    raw[:, 15:17] = NAN
    assert np.isnan(look(replace(tracks, pose=replace(tracks.pose, raw=raw)), NO_CONTACTS).hands_low_pct_bh)


def test_feet_that_slide_under_the_hips() -> None:
    """To and fro by 20 to either side, evenly: from the 5th to the 95th part 0.9 * 40."""
    t = clock(0, 8)
    x = 20 * (2 * np.abs((t / 2) % 2 - 1) - 1)
    assert seen(t, {"ankle": (x, 4)}, {}).slide_pct_bh == pytest.approx(36.0, abs=0.3)


def test_what_legs_that_take_turns_do() -> None:
    steps = tuple(Step("left", 0.4 * k, 0.4 * k + 0.3) for k in range(5))
    found = seen(clock(0, 3), {}, {}, replace(NO_CONTACTS, gait=Gait(steps, 2.5)))
    same(found, steps=5.0, step_rate_hz=2.5, duty=0.75, bounce_pct_bh=2.5)


def test_heights_of_a_body_on_a_box_are_alike() -> None:
    t = clock(0, 3)
    same(seen(t, body(4, 20), body(4, 20)))


# Chances -----------------------------------------------------------------------------------------

# Below its upper bound by one, two and two and a half of its uncertainties.
ONE, TWO, MORE = 0.841345, 0.977250, 0.993790


@pytest.mark.parametrize(
    ("value", "low", "high", "sd", "chance"),
    [
        (0.0, -INF, 0.5, 0.25, TWO),
        (0.75, 0.5, INF, 0.25, ONE),
        (1.0, 0.5, 1.5, 0.25, 2 * TWO - 1),
        (0.5, 0.5, INF, 0.25, 0.5),
        (2.0, -INF, 1.5, 0.5, 1 - ONE),
        (INF, 0.5, INF, 0.25, 1.0),
        (INF, 0.5, 2.0, 0.25, 0.0),
        (NAN, -INF, INF, 0.25, 0.0),
    ],
)
def test_the_chance_that_a_number_lies_within_bounds(
    value: float, low: float, high: float, sd: float, chance: float
) -> None:
    assert _inside(value, low, high, sd) == pytest.approx(chance, abs=1e-6)


def test_the_bounds_are_those_of_the_table() -> None:
    profiles, sds = load_profiles.__wrapped__()
    table = read_toml(DATA / "recognition.toml")
    assert set(profiles) == set(table["movement"])
    assert sds == table["uncertainty"]
    stand = profiles["stand"]
    assert (stand.view, stand.origin) == ("side", "own: nothing leaves the floor, nothing bends")
    assert stand.within == {
        "flights": (-INF, 0.5), "lifts": (-INF, 0.5), "dips": (-INF, 0.5), "still_share": (0.6, 2.0),
    }  # fmt: skip
    for name, profile in profiles.items():
        assert find_drill(name).id == name
        assert set(profile.within) <= set(STILL.values()) == set(sds)


def test_how_likely_a_stand_is() -> None:
    """No flight, lift (0.5 is two of 0.25 away) or bend (two and a half of 0.2); still for 0.7, two of 0.05 over 0.6.

    0.98 * 0.97725^3 * 0.99379; nothing else can be.
    """
    found = chances(replace(STILL, still_share=0.7), "side")
    assert next(iter(found)) == "stand"
    assert found["stand"] == pytest.approx(0.98 * TWO**3 * MORE, abs=1e-5)
    assert sum(found.values()) - found["stand"] < 1e-6
    assert "front_squat" not in found
    assert chances(replace(STILL, still_share=0.6), "oblique")["stand"] == pytest.approx(0.49 * TWO**2 * MORE, abs=1e-5)
    front = chances(STILL, "front")
    assert set(front) == {"front_hop", "front_jump", "front_squat", "skater_bound"}
    assert list(front.values()) == sorted(front.values(), reverse=True)


def test_squats_from_the_front() -> None:
    """One bend (0.5 is 2.5 of 0.2 off) of 13 (two of 1.5 over 10); 0.5 flights and a share of 0.3 are two off, too."""
    squat = replace(STILL, dips=1.0, dip_pct_bh=13.0, one_leg_share=0.18)
    found = chances(squat, "front")
    assert found["front_squat"] == pytest.approx(0.98 * MORE * TWO * TWO * TWO, abs=1e-5)
    assert next(iter(found)) == "front_squat"


def test_movements_share_what_is_certain() -> None:
    """Three hops that fit hops on the spot and travelling ones alike, by their speed of 14 with its doubt of 2."""
    hop = replace(
        STILL, flights=3.0, level_flights=3.0, flight_s=0.3, flight_gap_s=0.5, flight_feet_apart_pct_bh=0.0,
        flight_knee_deg=10.0, flight_split_pct_bh=0.0, travel_pct_bh_s=14.0, still_share=0.0,
    )  # fmt: skip
    found = chances(hop, "side")
    assert found["pogo"] == pytest.approx(0.49, abs=1e-4)
    assert found["travelling_hop"] == pytest.approx(0.49, abs=1e-4)
    # 26 is between 24 and 28 for both: certain of either, they share one.
    both = replace(hop, flights=2.0, level_flights=2.0, floor_change_pct_bh=-20.0, travel_pct_bh_s=0.0)
    assert chances(both, "side")["pogo"] == pytest.approx(0.98 * TWO, abs=1e-4)
    two = replace(hop, flight_knee_deg=39.0, flight_gap_s=0.6, travel_pct_bh_s=0.0)
    shared = chances(two, "side")
    assert sum(shared.values()) <= 1
    assert shared["pogo"] == pytest.approx(0.49, abs=1e-4)
    assert shared["tuck_jump"] == pytest.approx(0.49 * 0.99379, abs=1e-4)  # 0.3 is 2.5 of 0.02 over 0.25


def test_chances_never_add_up_to_more_than_one() -> None:
    """High knees on the spot whose lifts come 2.1 a second are marched and run alike; with flights they are both."""
    knees = replace(STILL, lifts=8.0, lift_rate_hz=2.1, thigh_deg=90.0, still_share=0.0)
    found = chances(knees, "side")
    assert found["high_knees"] == pytest.approx(0.49, abs=1e-4)
    assert found["marching"] == pytest.approx(0.49 * MORE, abs=1e-4)
    squats = replace(
        STILL, dips=3.0, dip_pct_bh=20.0, dip_split_pct_bh=16.0, dip_lift_pct_bh=0.0, hands_low_pct_bh=40.0,
    )  # fmt: skip
    both = chances(squats, "side")
    # A split of 16 is within 15 by -1/3 and beyond 17 by -1/3 of its 3: 0.369 each.
    assert both["squat"] == pytest.approx(0.98 * 0.369441 * TWO, abs=1e-4)
    assert both["lunge"] == pytest.approx(0.98 * 0.369441 * TWO, abs=1e-4)


def test_fits_says_how_well_a_drill_s_bounds_are_met() -> None:
    t = clock(0, 3)
    tracks = tracks_by_hand(t, {}, {})
    assert fits(tracks, NO_CONTACTS, "stand") == pytest.approx(0.98 * TWO**2 * MORE, abs=1e-5)
    assert fits(tracks, NO_CONTACTS, "pogo") == pytest.approx(0.0, abs=1e-6)
    assert np.isnan(fits(tracks, NO_CONTACTS, "heel_raise"))  # no bounds
    assert np.isnan(fits(tracks_by_hand(t[:7], {}, {}), NO_CONTACTS, "stand"))
    assert np.isfinite(fits(tracks_by_hand(t[:8], {}, {}), NO_CONTACTS, "stand"))
    nobody = replace(tracks, pose=replace(tracks.pose, body_height_px=NAN))
    assert np.isnan(fits(nobody, NO_CONTACTS, "stand"))
    assert fits(from_front(tracks), NO_CONTACTS, "stand") == 0.0


def from_front(tracks: Tracks) -> Tracks:
    return replace(tracks, camera=CameraView("front", 0.6, "right", "right", True))
