"""A training log as pages meet it: nobody's, one set's, and a season's."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from plumbline.log import (
    REPEAT,
    AthleteEntry,
    Discomfort,
    FaultCount,
    MetricEntry,
    SessionEntry,
    SetEntry,
    TrainingLog,
    set_by_hand,
)
from plumbline.plan import KeptPlan, PlanRequest, progressive, to_entry

NEW, ONE, SEASON = "Åse", "Jo", "Kari"


def hops(week: int, side: str = "both", protocol: str = "") -> SetEntry:
    """A filmed set of a week: contacts get shorter, and are longer on the left leg."""
    contact_s = 0.25 - 0.005 * week + (0.06 if side == "left" else 0.0)
    metrics = {
        "contact_time_s": MetricEntry(mean=contact_s, sd=0.002, n=8, unit="s"),
        "jump_height_m": MetricEntry(mean=0.18 + 0.004 * week, sd=0.004, n=8, unit="m"),
        "trunk_lean_deg": MetricEntry(mean=6.0 + week % 2, sd=1.0, n=8, unit="deg"),
    }
    faults = {"trunk_lean": FaultCount(label="Trunk leans", count=week % 3)}
    drill = "pogo" if side == "both" else "single_leg_hop"
    said = {"drill": drill, "side": side, "reps": 8, "contacts": 8, "source": "film", "protocol": protocol}
    return SetEntry.model_validate(said | {"metrics": metrics, "faults": faults})


def season(path: Path, today: date) -> None:
    """Write a log with an athlete of each kind; the last one has a plan that pain has eased, and tests."""
    new, one = AthleteEntry(name=NEW), AthleteEntry(name=ONE, height_m=1.8, level="intermediate")
    much = AthleteEntry(name=SEASON, height_m=1.68, mass_kg=58.5, level="advanced")
    with TrainingLog(str(path)) as log:
        for athlete in (new, one, much):
            log.save_athlete(athlete)
        log.add_set(one, today, hops(0))
        for week in range(8):
            sets = [hops(week), hops(week, "left"), hops(week, "right"), set_by_hand("skips", 40)]
            sets += [hops(week, protocol=REPEAT), hops(week + 1, protocol=REPEAT)] if week % 2 else []
            hurt = (Discomfort(where="Achilles", score=4),) if week == 7 else ()
            day = today - timedelta(days=7 * (7 - week) + 1)
            log.save_session(much, SessionEntry(day=day, effort=7.5, discomfort=hurt, sets=tuple(sets)))
        request = PlanRequest(today - timedelta(days=13), "advanced", strength_days=frozenset({1}))
        log.save_plan(much, to_entry(KeptPlan(request, progressive(request)), request.start))
