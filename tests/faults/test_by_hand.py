"""The rules' arithmetic and bookkeeping, on rules and values written down here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plumbline.catalogue import Rule, find_drill, load_rules, read_limits
from plumbline.errors import SettingsError
from plumbline.faults import Verdict, decide, judge
from plumbline.quantity import Quantity

NAN = float("nan")
POGO, STAND = find_drill("pogo"), find_drill("stand")
RULE = Rule(
    id="slow",
    fault="long_contact",
    label="Long contact",
    metric="contact_time_s",
    drills=("pogo",),
    origin="own",
    message="too long",
    cue="quick",
    above=0.25,
)


# value, sd, above, below -> verdict and the limit that is nearer to being missed
DECISIONS: list[tuple[float, float, float | None, float | None, str, float]] = [
    # above only: 10 +- 2
    (9.0, 2.0, 10.0, None, "ok", 10.0),
    (10.0, 2.0, 10.0, None, "ok", 10.0),
    (10.1, 2.0, 10.0, None, "borderline", 10.0),
    (11.9, 2.0, 10.0, None, "borderline", 10.0),
    (12.0, 2.0, 10.0, None, "borderline", 10.0),
    (12.1, 2.0, 10.0, None, "fault", 10.0),
    # below only: 5 +- 2
    (6.0, 2.0, None, 5.0, "ok", 5.0),
    (5.0, 2.0, None, 5.0, "ok", 5.0),
    (4.9, 2.0, None, 5.0, "borderline", 5.0),
    (3.0, 2.0, None, 5.0, "borderline", 5.0),
    (2.9, 2.0, None, 5.0, "fault", 5.0),
    # both, -3 to 8 +- 1
    (0.0, 1.0, 8.0, -3.0, "ok", -3.0),
    (5.0, 1.0, 8.0, -3.0, "ok", 8.0),
    (8.5, 1.0, 8.0, -3.0, "borderline", 8.0),
    (9.5, 1.0, 8.0, -3.0, "fault", 8.0),
    (-3.5, 1.0, 8.0, -3.0, "borderline", -3.0),
    (-4.5, 1.0, 8.0, -3.0, "fault", -3.0),
    # a limit of 0 is a limit; a sure value is judged by the limit alone
    (0.1, 0.0, 0.0, None, "fault", 0.0),
    (0.0, 0.0, 0.0, None, "ok", 0.0),
    (-0.1, 0.0, None, 0.0, "fault", 0.0),
]


@pytest.mark.parametrize(("value", "sd", "above", "below", "outcome", "limit"), DECISIONS)
def test_both_sides_of_a_limit(
    value: float, sd: float, above: float | None, below: float | None, outcome: str, limit: float
) -> None:
    assert decide(Quantity(value, sd, "x"), above, below) == (outcome, limit)


def test_a_verdict_says_what_the_rule_and_the_value_say() -> None:
    (verdict,) = judge({"contact_time_s": Quantity(0.3, 0.01, "s")}, POGO, (RULE,))
    assert verdict == Verdict(
        fault="long_contact",
        label="Long contact",
        verdict="fault",
        metric="contact_time_s",
        value=0.3,
        sd=0.01,
        unit="s",
        limit=0.25,
        message="too long",
        cue="quick",
    )


@pytest.mark.parametrize(
    ("metrics", "rule", "scope"),
    [
        ({}, RULE, "rep"),
        ({"contact_time_s": Quantity(NAN, 0.01, "s")}, RULE, "rep"),
        ({"contact_time_s": Quantity(0.3, NAN, "s")}, RULE, "rep"),
        ({"flight_time_s": Quantity(0.3, 0.01, "s")}, RULE, "rep"),
        ({"contact_time_s": Quantity(0.3, 0.01, "s")}, replace(RULE, drills=("stand", "run")), "rep"),
        ({"contact_time_s": Quantity(0.3, 0.01, "s")}, replace(RULE, drills=()), "rep"),
        ({"contact_time_s": Quantity(0.3, 0.01, "s")}, replace(RULE, scope="clip"), "rep"),
        ({"contact_time_s": Quantity(0.3, 0.01, "s")}, RULE, "clip"),
    ],
    ids=["nothing", "no value", "no sd", "other metric", "other drills", "no drill", "of the clip", "of a rep"],
)
def test_what_is_not_judged(metrics: dict[str, Quantity], rule: Rule, scope: str) -> None:
    assert judge(metrics, POGO, (rule,), scope) == ()


def test_a_rule_that_does_not_apply_does_not_stop_the_others() -> None:
    rules = (replace(RULE, drills=("stand",)), replace(RULE, metric="flight_time_s"), RULE)
    assert len(judge({"contact_time_s": Quantity(0.3, 0.01, "s")}, POGO, rules)) == 1


def test_a_rule_of_the_clip_is_judged_there() -> None:
    (verdict,) = judge({"contact_time_s": Quantity(0.2, 0.01, "s")}, POGO, (replace(RULE, scope="clip"),), "clip")
    assert verdict.verdict == "ok"


def test_a_drill_is_meant_by_its_movement_too() -> None:
    weighted = find_drill("weighted_pogo")
    assert judge({"contact_time_s": Quantity(0.3, 0.01, "s")}, weighted, (RULE,))
    assert not judge({"contact_time_s": Quantity(0.3, 0.01, "s")}, STAND, (RULE,))


@pytest.mark.parametrize(
    ("values", "worst"),
    [
        ((0.2, 0.255), ("borderline", 0.255)),
        ((0.255, 0.2), ("borderline", 0.255)),
        ((0.255, 0.3), ("fault", 0.3)),
        ((0.3, 0.255), ("fault", 0.3)),
        ((0.3, 0.4), ("fault", 0.4)),  # of two faults what is further beyond
        ((0.4, 0.3), ("fault", 0.4)),
        ((0.1, 0.2), ("ok", 0.2)),  # of none what is nearer to one
        ((0.2, 0.1), ("ok", 0.2)),
    ],
)
def test_of_several_rules_for_one_fault_the_worst_counts(values: tuple[float, float], worst: tuple[str, float]) -> None:
    other = replace(RULE, id="other", metric="flight_time_s")
    metrics = {n: Quantity(v, 0.01, "s") for n, v in zip(("contact_time_s", "flight_time_s"), values, strict=True)}
    (verdict,) = judge(metrics, POGO, (RULE, other))
    assert (verdict.verdict, verdict.value) == worst


def test_a_rule_may_have_either_limit_or_both() -> None:
    low, both = replace(RULE, fault="low", above=None, below=0.2), replace(RULE, fault="both", below=0.2)
    found = judge({"contact_time_s": Quantity(0.1, 0.01, "s")}, POGO, (RULE, low, both))
    assert [(v.fault, v.verdict, v.limit) for v in found] == [
        ("long_contact", "ok", 0.25),
        ("low", "fault", 0.2),
        ("both", "fault", 0.2),
    ]


def test_faults_of_different_names_stand_side_by_side() -> None:
    other = replace(RULE, fault="slow_knee", above=0.1)
    found = judge({"contact_time_s": Quantity(0.2, 0.01, "s")}, POGO, (RULE, other))
    assert [(v.fault, v.verdict) for v in found] == [("long_contact", "ok"), ("slow_knee", "fault")]


def test_a_limit_that_moves_with_another_metric() -> None:
    """0.25 s at 2 BH/s and 0.05 less for each BH/s more: 0.20 at 3, unsure by 0.05 * 0.2 = 0.010 s.

    Together with 0.004 s of the contact: sqrt(0.010^2 + 0.004^2) = 0.01077 s.
    """
    rule = mine(above=0.25, below=0.05, **{"with": "running_speed_bh_s", "from": 2.0, "by": -0.05})
    assert (rule.moves_with, rule.moves_from, rule.moves_by) == ("running_speed_bh_s", 2.0, -0.05)

    def said(contact_s: float, speed: Quantity | None) -> tuple[Verdict, ...]:
        also = {} if speed is None else {"running_speed_bh_s": speed}
        return judge({"contact_time_s": Quantity(contact_s, 0.004, "s"), **also}, POGO, (rule,))

    three = Quantity(3.0, 0.2, "BH/s")
    found = [said(x, three)[0] for x in (0.199, 0.210, 0.2115)]
    assert [v.verdict for v in found] == ["ok", "borderline", "fault"]
    assert all(v.limit == pytest.approx(0.20) and v.sd == pytest.approx(0.01077, abs=1e-5) for v in found)
    # The lower limit moves too: 0.05 to 0; at 1 BH/s the upper one is 0.30.
    assert said(0.001, three)[0].verdict == "ok"
    assert said(0.29, Quantity(1.0, 0.0, "BH/s"))[0].verdict == "ok"
    assert said(0.31, Quantity(1.0, 0.0, "BH/s"))[0].limit == pytest.approx(0.30)
    # Not known, not judged.
    assert said(0.5, None) == said(0.5, Quantity(NAN, NAN, "BH/s")) == ()


# The table ---------------------------------------------------------------------------------------

ROW: dict[str, Any] = {
    "fault": "mine",
    "label": "Mine",
    "metric": "contact_time_s",
    "drills": ["pogo", "run"],
    "below": 3,
    "message": "m",
    "cue": "c",
}


def mine(**change: Any) -> Rule:
    row = {key: value for key, value in {**ROW, **change}.items() if value is not None}
    return {r.id: r for r in load_rules({"my_row": row})}["my_row"]


def test_a_new_row_is_read_as_it_stands() -> None:
    assert mine() == Rule(
        id="my_row",
        fault="mine",
        label="Mine",
        metric="contact_time_s",
        drills=("pogo", "run"),
        origin="coach",
        message="m",
        cue="c",
        above=None,
        below=3.0,
        scope="rep",
    )
    assert mine(origin="own: our group").origin == "own: our group"
    assert mine(scope="clip").scope == "clip"
    assert (mine(above=5.5).above, mine(above=0, below=None).above, mine(below=0).below) == (5.5, 0.0, 0.0)
    with pytest.raises(SettingsError, match="far beyond"):
        mine(above=220)  # ms, for s
    assert isinstance(mine(below=3).below, float)
    with pytest.raises(SettingsError, match="all values would be faults"):
        mine(above=2, below=3)


def test_a_changed_row_keeps_what_is_not_changed() -> None:
    before = {r.id: r for r in load_rules()}
    after = {r.id: r for r in load_rules({"long_contact": {"above": 0.2}, "my_row": ROW})}
    assert list(after) == [*before, "my_row"]
    assert after["long_contact"] == replace(before["long_contact"], above=0.2, origin="coach")
    assert all(after[name] == rule for name, rule in before.items() if name != "long_contact")
    assert load_rules({}) == load_rules(None) == load_rules()


MOVES_NEEDS = "fault row 'my_row': a limit that moves needs with (a metric), from and by."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"speed": 1}, "fault row 'my_row': unknown key 'speed'."),
        ({"zeal": 1, "speed": 1}, "fault row 'my_row': unknown key 'speed'."),
        ({"cue": None}, "fault row 'my_row': cue is missing or not text."),
        ({"cue": ""}, "fault row 'my_row': cue is missing or not text."),
        ({"label": 3}, "fault row 'my_row': label is missing or not text."),
        ({"drills": None}, "fault row 'my_row': drills must be a list of drill names."),
        ({"drills": "pogo"}, "fault row 'my_row': drills must be a list of drill names."),
        ({"drills": ["pogo", 3]}, "fault row 'my_row': drills must be a list of drill names."),
        ({"below": "3"}, "fault row 'my_row': below must be a number, not '3'."),
        ({"below": True}, "fault row 'my_row': below must be a number, not True."),
        ({"above": float("inf")}, "fault row 'my_row': above must be a number, not inf."),
        ({"below": None}, "fault row 'my_row': give a limit, above or below."),
        ({"with": "running_speed_bh_s", "from": 2}, MOVES_NEEDS),
        ({"with": "speed", "from": 2, "by": 1}, MOVES_NEEDS),
        ({"from": 2, "by": 1}, MOVES_NEEDS),
        ({"with": 3, "from": 2, "by": 1}, MOVES_NEEDS),
        ({"with": "running_speed_bh_s", "from": 2, "by": "1"}, "fault row 'my_row': by must be a number, not '1'."),
    ],
)
def test_a_row_that_is_not_usable_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        mine(**change)
    assert str(raised.value) == said


def test_a_row_must_be_a_table() -> None:
    with pytest.raises(SettingsError, match=r"^fault row 'my_row': write it as a table, \[faults\.my_row\]\.$"):
        load_rules({"my_row": 3})


def test_a_coach_s_file_has_two_sections(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[faults.a]\nabove = 1\n[measuring.b]\nvalue = 2\n", encoding="utf-8")
    assert read_limits(own) == ({"a": {"above": 1}}, {"b": {"value": 2}})
    own.write_text("[faults.a]\nabove = 1\n", encoding="utf-8")
    assert read_limits(own) == ({"a": {"above": 1}}, {})
    own.write_text("[measuring.b]\nvalue = 2\n", encoding="utf-8")
    assert read_limits(own) == ({}, {"b": {"value": 2}})
    assert read_limits(None) == ({}, {})


def test_an_unknown_section_is_named_with_the_known_ones(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[other]\nx = 1\n[limits]\nx = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        read_limits(own)
    assert str(raised.value) == f"{own}: unknown section [limits]: use [faults.NAME] or [measuring.NAME]."


def test_a_value_without_error_is_further_off_than_any() -> None:
    """Of two faults that of the sure number counts: it is infinitely many of its uncertainties beyond."""
    other = replace(RULE, id="other", metric="flight_time_s")
    metrics = {"contact_time_s": Quantity(0.9, 0.01, "s"), "flight_time_s": Quantity(0.3, 0.0, "s")}
    (verdict,) = judge(metrics, POGO, (RULE, other))
    assert (verdict.verdict, verdict.value) == ("fault", 0.3)
