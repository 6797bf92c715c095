"""The drill: not known, not sure, not fitting; reps that are missing; what events set by hand taught."""

from __future__ import annotations

import numpy as np

from plumbline.catalogue import Drill, find_drill
from plumbline.geometry import Tracks, foot_slide_pct
from plumbline.reps import REPS, Lesson, Recognised, Seen, is_sure
from plumbline.warnings._settings import WARNINGS
from plumbline.warnings._warning import ClipWarning

LESSONS = {"touchdown": "touchdown", "toe_off": "toe-off"}


def _count(n: float, thing: str) -> str:
    return f"{n:.0f} {thing}" + ("" if round(n) == 1 else "s")


def _in_numbers(seen: Seen) -> str:
    """What was seen, in a few numbers."""
    parts = []
    if seen.flights:
        parts.append(f"{_count(seen.flights, 'flight')} of {1000 * seen.flight_s:.0f} ms")
    if np.isfinite(seen.lift_rate_hz):
        parts.append(f"{seen.lifts:.0f} raised feet, {60 * seen.lift_rate_hz:.0f} per minute")
    if seen.dips:
        parts.append(f"{_count(seen.dips, 'bend')}, {seen.dip_pct_bh:.0f} % of body height deep")
    parts.append(f"{100 * seen.still_share:.0f} % of the time still")
    return ", ".join(parts)


def drill_warnings(seen: Recognised | None, wanted: Drill | None, fit: float) -> list[ClipWarning]:
    """What is to be said of the drill: not known, not sure, named only, or chosen against the film."""
    if wanted is not None:
        if not fit < WARNINGS.misfit_chance:
            return []
        return [
            ClipWarning(
                "drill_misfit",
                f"The film does not look like '{wanted.id}', which was chosen: check the drill before trusting the "
                "numbers.",
            )
        ]
    if seen is None or seen.seen is None:
        return []
    named = find_drill(seen.drill_id) if seen.drill_id else None
    if named is not None and named.movement is None and is_sure(seen.confidence):
        return [
            ClipWarning("named_only", f"This is {named.name.lower()} ({seen.confidence:.0%} sure). {named.not_judged}")
        ]
    if is_sure(seen.confidence):
        return []
    ways = [d for d, _ in seen.likely if find_drill(d).movement is not None]
    choose = " or ".join(f"--drill {d}" for d in ways) or "--drill"
    names = " or ".join(f"{find_drill(d).name.lower()} ({p:.0%})" for d, p in seen.likely)
    start = "The drill is not sure" if seen.drill_id else "Movement not known"
    return [
        ClipWarning(
            "drill_unsure" if seen.drill_id else "movement_not_known",
            f"{start}: most likely {names}. Seen: {_in_numbers(seen.seen)}. No faults are raised until the drill is "
            "chosen.",
            choose,
        )
    ]


def empty_warning(tracks: Tracks, drill: Drill | None) -> ClipWarning:
    """Why no rep was found."""
    if foot_slide_pct(tracks) >= REPS.gait_slide_pct_bh:
        return ClipWarning(
            "gait",
            "The clip shows walking or running (or the camera moves along): no drill that Plumbline "
            "measures was found. Choose the drill if it is one.",
            "--drill",
        )
    what = f"No {drill.name.lower()}" if drill else "No drill that Plumbline knows"
    return ClipWarning(
        "nothing_found",
        f"{what} found in this clip: check that the whole movement is filmed side-on, or choose the drill.",
        "--drill",
    )


def lesson_notes(lessons: dict[str, Lesson]) -> list[ClipWarning]:
    """What events set by hand taught of the others of their kind."""
    notes = []
    for kind, lesson in lessons.items():
        one, all_of_them = LESSONS[kind], f"{LESSONS[kind]}s"
        set_by_hand = f"One {one} set by hand" if lesson.events == 1 else f"{lesson.events} {all_of_them} set by hand"
        way = "later" if lesson.shift_s > 0 else "earlier"
        notes.append(
            ClipWarning(
                f"{kind}_taught",
                f"{set_by_hand}: every other {one} of this clip is {1000 * abs(lesson.shift_s):.0f} ms {way} for it, "
                f"and what they share is known to ± {1000 * lesson.common_s:.0f} instead of "
                f"± {1000 * lesson.before_s:.0f} ms.",
            )
        )
    return notes
