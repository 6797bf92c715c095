"""Which way of cutting a clip into reps belongs to which kind of drill."""

from __future__ import annotations

from collections.abc import Callable

from plumbline.contact import Contacts
from plumbline.geometry import Tracks
from plumbline.reps._flights import hops, jumps
from plumbline.reps._holds import holds, stances
from plumbline.reps._lifts import lifts
from plumbline.reps._rep import Rep
from plumbline.reps._repeats import arabesques, dips, kicks, raises, recoveries, shallow_dips

SEGMENTERS: dict[str, Callable[[Tracks, Contacts], list[Rep]]] = {
    "hops": hops,
    "jumps": jumps,
    "landings": jumps,
    "dips": dips,
    "shallow_dips": shallow_dips,
    "lifts": lifts,
    "holds": holds,
    "stances": stances,
    "arabesques": arabesques,
    "raises": raises,
    "recoveries": recoveries,
    "kicks": kicks,
}
