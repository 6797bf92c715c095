"""The phases of a live session: looking, countdown, counting, done, and what is said in each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from plumbline.catalogue import Drill
from plumbline.language import N_, _, say
from plumbline.live._memory import Memory
from plumbline.live._pace import Watch
from plumbline.live._settings import LIVE
from plumbline.live._stance import readiness, unrest_pct_bh
from plumbline.live._start import start_words

BEHIND = N_("This computer is too slow right now: reps may be missed")
TOO_FEW = N_("Too few pictures: add light, or close other programs")
STILL = N_("Stand still: {n}")


@dataclass(frozen=True)
class SetSettings:
    """What the athlete wants of the session.

    Attributes
    ----------
    countdown_s : float
        From standing still to the first rep that counts.
    target : int or None
        Reps at which counting stops by itself; None for never.
    """

    countdown_s: float = LIVE.countdown_s
    target: int | None = None


@dataclass(frozen=True)
class Around:
    """What is known at an instant, besides the phase.

    Attributes
    ----------
    memory : Memory
        Landmarks up to now.
    watch : Watch
        Times of the last frames.
    crowded : bool
        Whether others are near.
    dark : bool
    trouble : str
        What went wrong in the last look at the reps; empty where nothing did.
    notes : collection of str
        Codes of what the counter warns of.
    counted : int
        Reps of this set so far.
    """

    memory: Memory
    watch: Watch
    crowded: bool
    dark: bool
    trouble: str
    notes: Collection[str]
    counted: int


class Phases:
    """Where a session stands.

    Parameters
    ----------
    settings : SetSettings
    drill : Drill or None
        As asked for.

    Attributes
    ----------
    now : str
        One of `PHASES`.
    since_s : float
        Start of the countdown, then of the counting.
    still_s : float
        Start of the countdown.
    end_s : float
        End of the set, once it is done; infinite before.
    facing_right : bool
        Whether the athlete faced the right of the picture as the countdown began.
    missed : bool
        Whether reps of this set may have been missed.
    """

    def __init__(self, settings: SetSettings, drill: Drill | None) -> None:
        self.settings = settings
        self._drill = drill
        self.since_s = self.still_s = 0.0
        self.facing_right = False
        self.begin()

    def begin(self) -> None:
        """Look for an athlete, for another set."""
        self.now, self.end_s, self.missed = "looking", np.inf, False
        self._slow = ""  # why pictures are few, as it was said first in this set: two reasons in turn would help nobody

    def finish(self, end_s: float) -> None:
        """The set is done, and ends at `end_s`."""
        self.now, self.end_s = "done", end_s

    def advance(self, around: Around, time_s: float) -> str:
        """Go on, where it is time to.

        Parameters
        ----------
        around : Around
        time_s : float

        Returns
        -------
        str
            What the athlete is told; empty for nothing.
        """
        if self.now == "done":
            return ""
        return self._warning(around, time_s) if self.now == "counting" else self._prepare(around, time_s)

    def _prepare(self, around: Around, time_s: float) -> str:
        recent = around.memory.sequence(time_s - LIVE.look_s)
        # Too few to judge how they stand.
        if len(recent) < LIVE.fewest_frames and around.watch.too_slow(time_s - LIVE.floor_s):
            self.now = "looking"
            return say(TOO_FEW) if around.watch.has_time else say(BEHIND).partition(":")[0]
        at_once = self.settings.countdown_s <= 0  # a film that is replayed, say: nobody to be asked to stand still
        limit = np.inf if at_once else LIVE.still_pct_bh * (1 if self.now == "looking" else LIVE.looser_times)
        state = readiness(recent, self._drill.measured.view if self._drill else "side", limit)
        if state.ready and not at_once and time_s - recent.time_s[0] < LIVE.full_look_share * LIVE.look_s:
            return state.words
        if not state.ready or around.crowded:
            self.now = "looking"
            if state.ready:
                return _("Two people in the picture: only the athlete, please")
            return _("Too dark: more light, please") if around.dark else state.words
        if self.now == "looking":
            self.now, self.since_s, self.still_s = "countdown", time_s, time_s
            self.facing_right = state.facing_right
        left = self.settings.countdown_s - (time_s - self.since_s)
        if left > 0:
            return say(STILL, n=int(np.ceil(left)))
        self.now, self.since_s = "counting", time_s
        return start_words(self._drill)

    def _warning(self, around: Around, time_s: float) -> str:
        """What stands in the way of counting right now."""
        if time_s - self.since_s < LIVE.gone_s:
            return start_words(self._drill)
        if not around.memory.sequence(time_s - LIVE.gone_s).found.any():
            return _("Step back into the picture")
        if around.trouble:
            return around.trouble
        if around.watch.too_slow(max(time_s - LIVE.floor_s, self.since_s)):
            self.missed = True
            self._slow = self._slow or (TOO_FEW if around.watch.has_time else BEHIND)
            return say(self._slow)
        if around.crowded:
            return _("Somebody else is in the picture")
        if "working_leg_far" in around.notes:
            return _("Turn round: working leg towards the camera")
        if around.dark:
            return _("Too dark: more light, please")
        return _("No reps seen yet: right drill?") if self._moves_in_vain(around, time_s) else ""

    def _moves_in_vain(self, around: Around, time_s: float) -> bool:
        """Whether the athlete moves, and for long without a rep."""
        if around.counted or time_s - self.since_s < LIVE.no_rep_s:
            return False
        return unrest_pct_bh(around.memory.sequence(time_s - LIVE.floor_s)) > LIVE.moving_pct_bh


def spoken(words: str) -> str:
    """`words` without a countdown's text, of which only the number is read aloud."""
    return words.replace(say(STILL, n=""), "")
