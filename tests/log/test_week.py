"""An athlete's week as it is worked out and as it stands on paper; guided tests in words."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from plumbline.catalogue import find_protocol
from plumbline.errors import SettingsError
from plumbline.log import (
    REPEAT,
    AthleteEntry,
    Discomfort,
    FaultCount,
    MetricEntry,
    SessionEntry,
    SetEntry,
    Week,
    outcome,
    parts_of,
    week_of,
    week_pdf,
)
from plumbline.log._week import _cue
from plumbline.request import Limits

MONDAY = date(2026, 3, 2)
RUNNER = AthleteEntry(name="Runner A")


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


def hops(
    contact_s: float, side: str = "both", faults: dict[str, int] | None = None, sd: float = 0.004, **more: Any
) -> SetEntry:
    metrics = {"contact_time_s": MetricEntry(mean=contact_s, sd=sd, n=8, unit="s")} | more.pop("numbers", {})
    counts = {k: FaultCount(label=k, count=v).model_dump() for k, v in (faults or {}).items()}
    drill = "pogo" if side == "both" else "single_leg_hop"
    said = {"drill": drill, "side": side, "reps": 10, "contacts": 10, "source": "film", "faults": counts}
    return SetEntry.model_validate(said | {"metrics": {k: v.model_dump() for k, v in metrics.items()}} | more)


def text_of(week: Week) -> list[str]:
    """Lines of the page, without its foot."""
    pages = PdfReader(io.BytesIO(week_pdf(RUNNER, week))).pages
    lines = [" ".join(line.split()) for page in pages for line in page.extract_text().splitlines()]
    return [line for line in lines if line and "measured on this machine" not in line]


BEFORE = SessionEntry(day=on(-7), sets=(hops(0.240, faults={"Long contact": 8, "Head forward": 1}),))
HARD = SessionEntry(
    day=on(2),
    effort=6.5,
    notes="wind",
    discomfort=(Discomfort(where="left calf", score=2), Discomfort(where="knee", score=1)),
    sets=(hops(0.190, faults={"Long contact": 3, "Head forward": 5}), SetEntry(drill="skips", reps=12, contacts=24)),
)
RUN = SessionEntry(day=on(6), kind="running", minutes=40)


def test_a_week_s_numbers() -> None:
    """From Monday to Sunday, whatever comes after; 50 ms less in contact are beyond chance, others are not there."""
    later = SessionEntry(day=on(7), sets=(hops(0.4),))
    week = week_of([later, RUN, HARD, BEFORE], on(3), cap=200)
    assert (week.monday, week.cap, week.contacts) == (MONDAY, 200, 34)
    assert sorted(week.sessions, key=lambda s: s.day) == [HARD, RUN]
    assert [(t.metric, round(t.change, 6)) for t in week.changes] == [("contact_time_s", -0.05)]
    assert week.unchanged == 0
    # The most frequent first, with its share the time before.
    assert week.faults == (
        ("Head forward", (on(2), 5, 10), (on(-7), 1, 10), "Chin back, eyes on the horizon"),
        ("Long contact", (on(2), 3, 10), (on(-7), 8, 10), "Hot floor: off the ground fast"),
    )
    assert week.film_again == on(2 + 28)
    assert week.sides == {}
    first = week_of([BEFORE], on(-7), cap=200)
    assert [f[1:3] for f in first.faults] == [((on(-7), 8, 10), None)]  # one rep of ten is chance
    assert (first.changes, first.unchanged) == ((), 0)
    # Without a film this week nothing is new.
    quiet = week_of([BEFORE, RUN], on(6), cap=200)
    assert (quiet.faults, quiet.changes, quiet.unchanged, quiet.contacts) == ((), (), 0, 0)
    same = week_of([BEFORE, SessionEntry(day=on(0), sets=(hops(0.241),))], on(6), cap=200)
    assert (same.changes, same.unchanged) == ((), 1)


def test_a_week_on_paper() -> None:
    page = text_of(week_of([BEFORE, HARD, RUN], on(3), cap=30))
    assert page == [
        "Runner A",
        "Week of 2 Mar to 8 Mar 2026",
        "34 of at most 30 ground contacts. 4 above the cap.",
        "What to work on",
        "! Head forward: Chin back, eyes on the horizon",
        "On 5 of 10 filmed reps. Last time: 1 of 10.",
        "! Long contact: Hot floor: off the ground fast",
        "On 3 of 10 filmed reps. Last time: 8 of 10.",
        "What was done",
        "Day Drill Reps Contacts Effort Discomfort",
        "Wed 4 Mar Pogo hops on the spot 10 10 6.5 left calf 2/10, knee 1/10",
        "Skips 12 24",
        "Sun 8 Mar running",
        "Wed 4 Mar: wind",
        "What has changed since the first film",
        "Drill Number First Now Change Chance up to",
        "Pogo hops on the spot Contact time, ms 240 190 -50 ms 32 ms",
        "Next",
        "Film again by 1 Apr 2026: 4 weeks after the last film.",
    ]


def test_what_is_planned_next_stands_on_paper() -> None:
    pages = PdfReader(io.BytesIO(week_pdf(RUNNER, week_of([], on(3), cap=30), "Tue 10 Mar: Early phase"))).pages
    lines = pages[-1].extract_text().splitlines()
    assert lines[lines.index("Next") + 1] == "Tue 10 Mar: Early phase"


def test_a_week_without_anything() -> None:
    assert text_of(week_of([], on(3), cap=30)) == [
        "Runner A",
        "Week of 2 Mar to 8 Mar 2026",
        "0 of at most 30 ground contacts.",
        "What was done",
        "Nothing is logged this week.",
    ]


def test_a_week_without_faults_or_changes() -> None:
    sets = [SessionEntry(day=on(d), sets=(hops(0.20, numbers={"flight_time_s": m}),)) for d, m in ((-7, M), (1, M))]
    page = text_of(week_of(sets, on(3), cap=10))
    assert page[2:5] == ["10 of at most 10 ground contacts.", "What to work on", "No fault on enough reps to work on."]
    assert "2 numbers did not change beyond their error." in page
    one = [SessionEntry(day=on(d), sets=(hops(0.20),)) for d in (-7, 1)]
    assert "1 number did not change beyond its error." in text_of(week_of(one, on(3), 10))
    first = text_of(week_of([SessionEntry(day=on(1), sets=(hops(0.2, faults={"Long contact": 3}),))], on(3), 10))
    assert "On 3 of 10 filmed reps." in first


M = MetricEntry(mean=0.4, sd=0.004, n=8, unit="s")


def test_legs_that_differ_are_on_the_page() -> None:
    """240 and 160 ms, 5 % of 200 a day and 4 ms: 10.77; sd sqrt(0.16^2 + 0.24^2) * 10.77 / 40 = 7.77 %, times 1.96."""
    pair = SessionEntry(day=on(1), sets=(hops(0.24, "left"), hops(0.16, "right")))
    week = week_of([pair], on(3), cap=30)
    assert list(week.sides) == ["single_leg_hop"]
    page = text_of(week)
    at = page.index("Left against right")
    assert (
        page[at + 1] == "Single-leg hops, Contact time: left 240, right 160 ms, +40 ± 15 % (95 %), the left does worse"
    )
    even = SessionEntry(day=on(1), sets=(hops(0.21, "left"), hops(0.19, "right")))
    assert week_of([even], on(3), cap=30).sides == {}


def test_a_cue_is_that_of_the_drill_that_was_done() -> None:
    own = Limits.load()
    assert _cue("Long contact", {"pogo"}, own) == "Hot floor: off the ground fast"
    assert _cue("Long contact", {"of old"}, own) == "Hot floor: off the ground fast"
    assert _cue("Of old", {"pogo"}, own) == ""


def test_a_coach_s_own_cue_is_said(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[faults.long_contact]\ncue = "Bounce"\n', encoding="utf-8")
    assert _cue("Long contact", {"pogo"}, Limits.load(file)) == "Bounce"


# Guided tests ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("protocol", "sets", "said"),
    [
        ("same_day_repeat", [hops(0.2)], "Film two sets now takes 2 films: first set, second set."),
        (
            "same_day_repeat",
            [hops(0.2, film_sha256="a" * 64), hops(0.2, film_sha256="a" * 64)],
            "the same film is given twice: film each set by itself.",
        ),
        (
            "same_day_repeat",
            [hops(0.2), hops(0.2, drill="skips")],
            "the films show Pogo hops on the spot and Skips: film the same drill.",
        ),
        (
            "single_leg_pair",
            [hops(0.2), hops(0.2)],
            "Pogo hops on the spot is not what Left against right is done with: Single-leg hops, Single-leg stance, "
            "Heel raise on a step, Single-leg quarter squat.",
        ),
        (
            "single_leg_pair",
            [hops(0.2, "left"), hops(0.2, "left")],
            "Right leg: the film shows the left leg at work. Film the right leg on the camera's side.",
        ),
        (
            "rsi_ten_five",
            [hops(0.2, reps=8)],
            "10/5 repeated jumps: no score. 10 reps in a row are needed, 8 were measured; each must have its reactive "
            "strength (flight / contact).",
        ),
    ],
)
def test_what_is_no_such_test_is_said_in_full(protocol: str, sets: list[SetEntry], said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        parts_of(find_protocol(protocol), sets)
    assert str(raised.value) == said


def test_the_parts_of_a_test_are_marked() -> None:
    """Films whose hash is not known are taken to be two."""
    parts = parts_of(find_protocol("same_day_repeat"), [hops(0.20), hops(0.21)])
    assert [(p.protocol, p.metrics["contact_time_s"].mean) for p in parts] == [(REPEAT, 0.20), (REPEAT, 0.21)]
    legs = parts_of(find_protocol("single_leg_pair"), [hops(0.2, "left"), hops(0.2, "right")])
    assert [p.protocol for p in legs] == ["single_leg_pair"] * 2


def test_repeats_are_said_headline_first() -> None:
    """Ratios 2.0 and 2.1: 0.0707, 3.4 % of the latest; contacts 200 and 210: 7.07 ms, 3.4 %."""
    p = find_protocol("same_day_repeat")

    def ratio(x: float) -> dict[str, Any]:
        return {"rsi_ratio": MetricEntry(mean=x, sd=0.05, n=8, unit="")}

    sets = parts_of(p, [hops(0.200, numbers=ratio(2.0)), hops(0.210, numbers=ratio(2.1))])
    sessions = [SessionEntry(day=MONDAY, sets=sets)]
    more = "; 2 more repeats, and it counts in every comparison"
    assert outcome(p, sets, sessions, {}) == [
        f"Reactive strength (flight / contact): typical error 0.07 (3.4 %) from 1 repeat{more}",
        f"Contact time: typical error 7 ms (3.4 %) from 1 repeat{more}",
    ]
    chosen = outcome(p, sets, sessions, {"pogo": "contact_time_s"})
    assert [line.split(":")[0] for line in chosen] == ["Contact time", "Reactive strength (flight / contact)"]
    twice = [*sessions, SessionEntry(day=on(9), sets=sets)]
    assert outcome(p, sets, twice, {})[1] == (
        "Contact time: typical error 7 ms (3.4 %) from 2 repeats; 1 more repeat, and it counts in every comparison"
    )
    thrice = [*twice, SessionEntry(day=on(18), sets=sets)]
    assert outcome(p, sets, thrice, {})[1].endswith("from 3 repeats; it counts in every comparison from now on")


def test_a_pair_s_headline_is_said_first_and_what_is_clear_behind_it() -> None:
    def height(x: float) -> dict[str, Any]:
        return {"jump_height_m": MetricEntry(mean=x, sd=0.002, n=8, unit="m")}

    p = find_protocol("single_leg_pair")
    sets = parts_of(p, [hops(0.2, "left", numbers=height(0.10)), hops(0.2, "right", numbers=height(0.20))])
    lines = outcome(p, sets, [SessionEntry(day=MONDAY, sets=sets)], {})
    # 10 and 20 cm: -67 %; 6 % of 15 are 9 mm a day, 9.22 with 2 mm: sqrt(0.2^2 + 0.1^2) * 9.22 / 22.5 = 9.16 %.
    assert lines == [
        "Jump height: left 10.0, right 20.0 cm, -67 ± 18 % (95 %), the left does worse",
    ]
    by_contact = outcome(p, sets, [SessionEntry(day=MONDAY, sets=sets)], {"single_leg_hop": "contact_time_s"})
    assert [line.split(":")[0] for line in by_contact] == ["Contact time", "Jump height"]
    assert by_contact[0].endswith("+0 ± 15 % (95 %): not clearly above 10 %")


def test_a_score_has_its_error() -> None:
    p = find_protocol("jump_height_best_m")
    jump = hops(0.2, drill="squat_jump", numbers={"jump_height_best_m": MetricEntry(mean=0.31, sd=0.01, n=1, unit="m")})
    (part,) = parts_of(p, [jump])
    (line,) = outcome(p, [part], [], {})
    assert line.endswith(": 31.0 ± 2.0 cm (95 %)")
