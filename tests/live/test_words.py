"""What stands in large letters while an athlete moves."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from plumbline.analysis import MeasuredRep
from plumbline.faults import Verdict
from plumbline.live import LiveRep, LiveView, board
from plumbline.live._pace import Pace
from plumbline.reps import Rep

PACE = Pace(30.0, 60.0, 90.0, 120.0)
SLOW = "This computer is too slow right now: reps may be missed"


def rep(**outcomes: Literal["fault", "borderline", "ok"]) -> LiveRep:
    found = [Verdict(f, f.title(), o, "trunk_lean_deg", 9.0, 1.0, "deg", 8.0, "", "") for f, o in outcomes.items()]
    made = Rep(1, "both", 0.0, 1.0, 0.5, np.nan, np.nan, np.nan)
    return LiveRep(4, 0.0, 0.5, 1.0, MeasuredRep(made, {}, tuple(found)), True)


def test_a_verdict_is_not_hidden_by_what_has_to_be_mended() -> None:
    view = LiveView("counting", SLOW, None, False, 4, rep(lean="fault", head="borderline"), PACE, missed=True)
    seen = board(view)
    assert seen.lines == (("! Lean", "fault"), ("? Head", "borderline"))
    assert seen.note == SLOW
    clean = board(replace(view, rep=rep(lean="ok")))
    assert (clean.lines, clean.note) == ((("No faults", "ok"),), SLOW)
    quiet = board(replace(view, rep=rep(lean="ok"), words=""))
    assert (quiet.lines, quiet.note) == ((("No faults", "ok"),), "reps may have been missed")
    assert board(replace(view, rep=None)).lines == ((SLOW, "plain"),)
    assert board(replace(view, rep=None, words="", missed=False)) == board(
        LiveView("counting", "", None, False, 4, None, PACE)
    )
