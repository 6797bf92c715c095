"""What matters most, for all who have room for only so much of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Literal, Protocol

from plumbline.faults._settings import FAULTS


class Judged(Protocol):
    """A verdict, as measured or as reported; see `Verdict`."""

    @property
    def fault(self) -> str:
        """The fault's name."""

    @property
    def verdict(self) -> str:
        """One of "fault", "borderline" and "ok"."""

    @property
    def value(self) -> float:
        """Of the metric."""

    @property
    def sd(self) -> float:
        """Its standard uncertainty."""

    @property
    def limit(self) -> float:
        """The limit that is nearer to being missed."""


def beyond(v: Judged) -> float:
    """How far the value of the verdict `v` lies beyond its limit, as a ratio to its standard uncertainty (no unit)."""
    return abs(v.value - v.limit) / max(v.sd, 1e-9)


def ranked(reps: Sequence[Iterable[Judged]], of_set: Iterable[Judged], called: Collection[str]) -> list[str]:
    """The faults of a set, what matters most first: how far beyond the limit, summed over the reps.

    Parameters
    ----------
    reps : sequence of iterable of verdict
        Each rep's verdicts.
    of_set : iterable of verdict
        Those of the set as a whole, which count as on every rep.
    called : collection of str
        The faults that the set has.

    Returns
    -------
    list of str
        Names of those of `called` that a verdict tells of.
    """
    weight: dict[str, float] = defaultdict(float)
    for v, times in [*((v, 1) for rep in reps for v in rep), *((v, len(reps)) for v in of_set)]:
        if v.verdict != "ok" and v.fault in called:
            weight[v.fault] += times * min(beyond(v), FAULTS.far_beyond_sd)
    return sorted(weight, key=lambda fault: -weight[fault])


def judged_in(reps: Iterable[Iterable[Judged]]) -> frozenset[str]:
    """Names of the faults that any of `reps`, each with its verdicts, was judged by."""
    return frozenset(v.fault for rep in reps for v in rep)


def judged_share(rep: Iterable[Judged], of_set: frozenset[str]) -> Literal["all", "part", "none"]:
    """How much of what is judged in a set is judged in one rep: a number that a rule needs may be missing from it.

    Parameters
    ----------
    rep : iterable of verdict
        Those of the rep.
    of_set : frozenset of str
        `judged_in` all reps of the set.

    Returns
    -------
    {"all", "part", "none"}
    """
    mine = judged_in([rep])
    if not mine:
        return "none"
    return "all" if of_set <= mine else "part"
