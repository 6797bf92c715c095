"""What is said aloud, in order: each call once, none swallowed."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from plumbline.faults import Verdict
from plumbline.language import _, ngettext, say
from plumbline.live._settings import LIVE

KEPT_CALLS = 60


@dataclass(frozen=True)
class Call:
    """Something to say.

    Attributes
    ----------
    id : int
        Counts up over the session.
    words : str
    outcome : {"plain", "ok", "borderline", "fault"}
        A rep's verdict has a tone; "plain" is words only.
    """

    id: int
    words: str
    outcome: str = "plain"


class Calls:
    """The calls of a session; may be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self._last, self._said_at = 0, float("-inf")
        self._words, self._pending, self._since = "", "", 0.0
        self._known: set[str] = set()

    def recent(self) -> tuple[Call, ...]:
        """The newest calls, oldest first; a listener leaves out those it has said."""
        with self._lock:
            return tuple(self._calls)

    def say(self, words: str, outcome: str = "plain") -> None:
        """Say something after what is being said.

        Parameters
        ----------
        words : str
        outcome : "plain", "ok", "borderline" or "fault"
            Its tone.
        """
        with self._lock:
            self._last += 1
            self._calls.append(Call(self._last, words, outcome))

    def guide(self, words: str, now_s: float, *, at_once: bool = False) -> None:
        """Say what to do when it has changed and stayed, and remind of it now and then.

        Parameters
        ----------
        words : str
            Empty where there is nothing to do.
        now_s : float
            On the session's clock.
        at_once : bool
            Without waiting whether it stays.
        """
        if words != self._pending:
            self._pending, self._since = words, now_s
        if not words:
            self._words = ""
            return
        steady = at_once or now_s - self._since >= LIVE.steady_s
        due = words != self._words or now_s - self._said_at >= LIVE.remind_s
        if steady and due:
            self._words, self._said_at = words, now_s
            self.say(words)

    def rep(self, number: int, faults: list[Verdict]) -> None:
        """Say a rep's number; a fault with its cue the first time, by its name from then on.

        Parameters
        ----------
        number : int
            From 1.
        faults : list of Verdict
        """
        new = [v for v in faults if v.fault not in self._known]
        self._known |= {v.fault for v in faults}
        told = [f"{say(v.label)}. {say(v.cue)}" if v in new else say(v.label) for v in faults]
        self.say(". ".join([str(number), *told]), "fault" if faults else "ok")

    def begin(self) -> None:
        """A new set: its faults are news again."""
        self._known.clear()
        self._words = ""


def sum_up(count: int, faults: dict[str, list[int]]) -> str:
    """A set in words.

    Parameters
    ----------
    count : int
        Reps.
    faults : dict of list of int
        Each fault to the numbers of its reps.

    Returns
    -------
    str
    """
    reps = ngettext("{n} rep", "{n} reps", count)
    if not faults:
        return _("{reps}. No faults found", reps=reps) if count else _("No reps counted")
    one, many = _("rep"), _("reps")
    told = [f"{label}: {one if len(on) == 1 else many} {_listed(on)}" for label, on in faults.items()]
    return ". ".join([reps, *told])


def _listed(numbers: list[int]) -> str:
    head = ", ".join(map(str, numbers[:-1]))
    return _("{head} and {last}", head=head, last=numbers[-1]) if head else str(numbers[-1])
