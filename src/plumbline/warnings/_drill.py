"""The drill: not known, not sure, not fitting; reps that are missing; what events set by hand taught."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from plumbline.catalogue import Drill, find_drill
from plumbline.contact import Contacts
from plumbline.geometry import Tracks, foot_slide_pct
from plumbline.language import N_
from plumbline.messages import Message, listed
from plumbline.reps import REPS, Lesson, Recognised, Seen, is_sure, look, shows_enough
from plumbline.warnings._settings import WARNINGS
from plumbline.warnings._warning import ClipWarning


def _in_numbers(seen: Seen) -> Message | str:
    """What was seen, in a few numbers."""
    parts = []
    if seen.flights:
        parts.append(Message("seen_flights", {"n": round(seen.flights), "time_ms": 1000 * seen.flight_s}))
    if np.isfinite(seen.lift_rate_hz):
        parts.append(Message("seen_lifts", {"lifts": seen.lifts, "rate": 60 * seen.lift_rate_hz}))
    if seen.dips:
        parts.append(Message("seen_dips", {"n": round(seen.dips), "depth": seen.dip_pct_bh}))
    return listed("listed", [*parts, Message("seen_still", {"share": 100 * seen.still_share})])


def drill_warnings(seen: Recognised | None, wanted: Drill | None, fit: float) -> list[ClipWarning]:
    """What is to be said of the drill: not known, not sure, named only, or chosen against the film.

    Parameters
    ----------
    seen : Recognised or None
        What was recognised; None where the drill was given.
    wanted : Drill or None
        The drill that was asked for.
    fit : float
        Probability that the film shows it, NaN where that is not known.

    Returns
    -------
    list of ClipWarning
    """
    if wanted is not None:
        name = Message("in_small", {"name": wanted.name})
        return [ClipWarning("drill_misfit", {"drill": name})] if fit < WARNINGS.misfit_chance else []
    if seen is None or seen.seen is None:
        return []
    named = find_drill(seen.drill_id) if seen.drill_id else None
    if named is not None and named.movement is None and is_sure(seen.confidence):
        name = Message("in_small", {"name": named.name})
        return [ClipWarning("named_only", {"name": name, "chance": 100 * seen.confidence, "why": named.not_judged})]
    if is_sure(seen.confidence):
        return []
    ways = [d for d, _ in seen.likely if find_drill(d).movement is not None]
    choose = " or ".join(f"--drill {d}" for d in ways) or "--drill"
    likely = [(d, p) for d, p in seen.likely if p >= WARNINGS.misfit_chance]
    if not likely:
        return [ClipWarning("movement_unlike", {"seen": _in_numbers(seen.seen)}, "--drill")]
    names = [Message("with_chance", {"name": find_drill(d).name, "chance": 100 * p}) for d, p in likely]
    values = {"names": listed("either", names), "seen": _in_numbers(seen.seen)}
    return [ClipWarning("drill_unsure" if seen.drill_id else "movement_not_known", values, choose)]


def empty_warning(tracks: Tracks, contacts: Contacts, drill: Drill | None) -> ClipWarning:
    """Why no rep was found, and what was seen instead.

    Parameters
    ----------
    tracks : Tracks
    contacts : Contacts
    drill : Drill or None
        Asked for or recognised.

    Returns
    -------
    ClipWarning
    """
    if len(tracks.time_s) < REPS.min_frames:
        return ClipWarning("too_short", {"n": len(tracks.time_s)})
    if foot_slide_pct(tracks) >= REPS.gait_slide_pct_bh:
        return ClipWarning("gait", option="--drill")
    what = Message("in_small", {"name": drill.name}) if drill else N_("drill that Plumbline knows")
    seen = _in_numbers(look(tracks, contacts)) if shows_enough(tracks) else N_("too little to tell")
    return ClipWarning("nothing_found", {"what": what, "seen": seen}, "--drill")


def hidden_step_warning(reps: Sequence[int]) -> list[ClipWarning]:
    """That `reps`, by their numbers, last so long that a step in them may have been missed."""
    if not reps:
        return []
    return [ClipWarning("hidden_step", {"n": len(reps), "reps": ", ".join(map(str, reps))})]


def lesson_notes(lessons: dict[str, Lesson]) -> list[ClipWarning]:
    """What events set by hand taught of the others of their kind: `lessons` by "touchdown" and "toe_off"."""
    return [
        ClipWarning(
            f"{kind}_taught",
            {
                "n": lesson.events,
                "shift_ms": 1000 * abs(lesson.shift_s),
                "way": N_("later") if lesson.shift_s > 0 else N_("earlier"),
                "common_ms": 1000 * lesson.common_s,
                "before_ms": 1000 * lesson.before_s,
            },
        )
        for kind, lesson in lessons.items()
    ]
