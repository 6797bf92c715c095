"""Reps measured and judged, faults of the set, posture in quiet standing."""

from __future__ import annotations

import numpy as np

from plumbline.analysis import MeasuredRep
from plumbline.arrays import FloatArray
from plumbline.catalogue import Drill, Rule, find_drill
from plumbline.contact import Contacts
from plumbline.faults import called, judge
from plumbline.geometry import Tracks, slope
from plumbline.measuring import Measuring
from plumbline.messages import Message
from plumbline.metrics import (
    Context,
    FlatFoot,
    Summary,
    measure,
    possible,
    summarise,
    withheld,
)
from plumbline.pipeline._parts import part_for
from plumbline.pipeline._setting import Setting
from plumbline.pipeline._settings import PIPELINE
from plumbline.pose import LEG, SIDES, Side
from plumbline.reps import Rep, holds, lifted, quiet

# Drills in which standing is the drill itself, or nobody stands.
WITHOUT_STANDING = ("holds", "stances", "kicks")


def flat_feet(tracks: Tracks) -> dict[Side, FlatFoot]:
    """Both feet in quiet standing by side, empty without any: each stands at its own height in the picture."""
    still = quiet(tracks) & ~lifted(tracks)
    if still.sum() < PIPELINE.min_frames:
        return {}
    xy = tracks.pose.raw[still]
    angle = {s: slope(xy[:, LEG[s][3]], xy[:, LEG[s][4]], tracks.camera.forward) for s in SIDES}
    return {s: FlatFoot(float(np.nanmedian(angle[s])), _floor_px(tracks, xy[:, LEG[s][3], 1])) for s in SIDES}


def _floor_px(tracks: Tracks, heel_px: FloatArray) -> float:
    """Row of a heel that stands on the floor, of rows (n,) in quiet standing, some of which may be on a box."""
    lowest = float(np.nanpercentile(heel_px, PIPELINE.floor_percentile))
    level = PIPELINE.level_pct_bh / 100 * tracks.pose.body_height_px
    return float(np.nanmedian(heel_px[heel_px > lowest - level]))


def judged(
    ctx: Context, drill: Drill | None, reps: tuple[Rep, ...], rules: tuple[Rule, ...]
) -> tuple[tuple[MeasuredRep, ...], dict[str, Message]]:
    """Reps with their metrics and verdicts, and what is withheld of them all, with the reason."""
    if drill is None:
        return (), {}
    beyond = ctx.measuring.fault_beyond_sd
    found = dict(zip((r.index for r in reps), measure(ctx, drill, reps), strict=True))
    rows, impossible = possible(found, drill.measured.within)
    # A limit moves with the pace of the set, not with a single step's, which is read much less surely.
    moved_by = {rule.moves_with for rule in rules}
    pace = {name: s.quantity for name, s in summarise(rows).items() if name in moved_by}
    measured = tuple(
        MeasuredRep(rep, row, judge(row | pace, drill, rules, beyond_sd=beyond))
        for rep, row in zip(reps, rows, strict=True)
    )
    return measured, {**impossible, **withheld(ctx, drill, reps)} if measured else {}


def judged_by_part(
    contexts: list[Context], parts: list[Setting], drill: Drill | None, reps: tuple[Rep, ...], rules: tuple[Rule, ...]
) -> tuple[tuple[MeasuredRep, ...], dict[str, Message]]:
    """Each rep from the part of the film that it lies in; withheld is what no part of them shows."""
    found = []
    for ctx, part in zip(contexts, parts, strict=True):
        mine = tuple(r for r in reps if part_for(r, parts) is part)
        if mine or part is parts[0]:
            found.append(judged(ctx, drill, mine, rules))
    rows = sorted((m for measured, _ in found for m in measured), key=lambda m: m.rep.start_s)
    reasons = [not_shown for measured, not_shown in found if measured]
    shared = set(reasons[0]).intersection(*reasons[1:]) if reasons else set()
    return tuple(rows), {name: why for name, why in (reasons[0] if reasons else {}).items() if name in shared}


def called_faults(
    measured: tuple[MeasuredRep, ...],
    summary: dict[str, Summary],
    drill: Drill | None,
    rules: tuple[Rule, ...],
    values: Measuring,
) -> frozenset[str]:
    """Faults of the set, where single reps are only marked."""
    if drill is None:
        return frozenset()
    means = {name: s.quantity for name, s in summary.items()}
    of_means = judge(means, drill, rules, beyond_sd=values.fault_beyond_sd)
    return called((m.verdicts for m in measured), of_means, round(values.fault_reps), values.fault_share_of_few)


def standing_posture(
    ctx: Context, drill: Drill | None, rules: tuple[Rule, ...], contacts: Contacts
) -> MeasuredRep | None:
    """The longest quiet standing, measured as posture, where the drill is another one."""
    if ctx.tracks.camera.view == "front" or (drill is not None and drill.segment in WITHOUT_STANDING):
        return None
    still = holds(ctx.tracks, contacts)
    if not still:
        return None
    longest = max(still, key=lambda r: r.end_s - r.start_s)
    return judged(ctx, find_drill("stand"), (longest,), rules)[0][0]
