"""Which drills a session has and how many contacts of each: a model for each week, after what was done before it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

from plumbline.catalogue import find_drill
from plumbline.plan._load import Done, WeekLoad, is_recovery, loads
from plumbline.plan._plan import EACH_LEG, LEVELS, PlannedDrill, PlanRequest, settings
from plumbline.plan._solver import empty_model, one_of, solved

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

PHASES = ("early", "middle", "late")


@dataclass(frozen=True)
class Slot:
    """A session that is to be filled.

    Attributes
    ----------
    day : date
    week : int
        From 0.
    share : float
        Of its contacts, where something hurt or was hard; 1 otherwise.
    gentle : bool
        Whether late drills and new ones stay out.
    """

    day: date
    week: int
    share: float = 1.0
    gentle: bool = False


def drills_of(level: str) -> dict[str, dict[str, Any]]:
    """Rules of the drills that a level may do."""
    return {k: r for k, r in settings()["drill"].items() if LEVELS.index(r["level"]) <= LEVELS.index(level)}


def doses(drill_id: str) -> dict[int, tuple[int, int]]:
    """Sets and reps by contacts, as a coach writes them; long sets before many short ones."""
    rule = settings()["drill"][drill_id]
    per_rep = float(find_drill(drill_id).contacts or 0) * int(rule.get("legs", 1))
    found: dict[int, tuple[int, int]] = {}
    for sets, reps in sorted(product(rule["sets"], rule["reps"])):
        contacts = round(sets * reps * per_rep)
        if contacts <= rule["most"]:
            found.setdefault(contacts, (sets, reps))
    return found


def planned(drill_id: str, contacts: int) -> PlannedDrill:
    """A drill with the dose that has so many contacts."""
    sets, reps = doses(drill_id)[contacts]
    each = EACH_LEG if settings()["drill"][drill_id].get("legs") == 2 else ""
    return PlannedDrill(drill_id, f"{sets} x {reps}{each}", contacts)


@dataclass
class _Model:
    """The model of a week while it is built, with its variables by session and drill."""

    request: PlanRequest
    slots: list[Slot]
    done: list[Done]
    left: int
    cp: CpModel = field(default_factory=empty_model)
    on: dict[tuple[int, str], Any] = field(default_factory=dict)
    contacts: dict[tuple[int, str], Any] = field(default_factory=dict)
    new: dict[tuple[int, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rules = drills_of(self.request.level)
        self.known = Counter(k for d in self.done for k, n in d.contacts.items() if n)
        self.most_known = max(self.known.values(), default=0)
        # Before there is anything to recover from, the week is one as any other.
        self.recovery = is_recovery(self.slots[0].week) and len(self.known) >= min(settings()["session"]["drills"])
        for i, k in product(range(len(self.slots)), self.rules):
            allowed = one_of([0, *doses(k)])
            self.contacts[i, k] = self.cp.new_int_var_from_domain(allowed, f"contacts {i} {k}")
            self.on[i, k] = self.cp.new_bool_var(f"on {i} {k}")
            self.new[i, k] = self.cp.new_bool_var(f"new {i} {k}")
            self.cp.add(self.contacts[i, k] > 0).only_enforce_if(self.on[i, k])
            self.cp.add(self.contacts[i, k] == 0).only_enforce_if(self.on[i, k].negated())

    def exposures(self, drill: str, before: int) -> Any:
        """Sessions with a drill before the session of a number."""
        return self.known[drill] + sum(self.on[j, drill] for j in range(before))

    def session(self, i: int) -> Any:
        """Contacts of a session."""
        return sum(self.contacts[i, k] for k in self.rules)

    def absolute(self, value: Any) -> Any:
        """The size of a sum that may be negative."""
        size = self.cp.new_int_var(0, 10_000, "")
        self.cp.add_abs_equality(size, value)
        return size


def _introductions(m: _Model) -> None:
    """Each drill waits for those before it, begins small, and comes again in the sessions after."""
    again = int(settings()["session"]["again"])
    for (i, k), on in m.on.items():
        rule, new = m.rules[k], m.new[i, k]
        m.cp.add_implication(new, on)
        m.cp.add(m.contacts[i, k] <= int(rule["first"]) * (m.exposures(k, i) + 1))
        for before, sessions in rule.get("after", {}).items():
            m.cp.add(int(sessions) * on <= m.exposures(before, i))
        if rule["phase"] != "early" and i + len(m.done) < int(settings()["phases"][f"{rule['phase']}_after"]):
            m.cp.add(on == 0)
        if m.known[k] or m.recovery or m.slots[i].gentle or m.left - i < again:
            m.cp.add(new == 0)
        if m.slots[i].gentle and (rule.get("legs") == 2 or m.known[k] < min(again, m.most_known)):
            m.cp.add(on == 0)  # what hurts is spared what is new to it, and what comes down on one leg
        if not m.known[k]:
            m.cp.add(on <= sum(m.new[j, k] for j in range(i + 1)))
        for j in range(max(i - again + 1, 0), i):
            m.cp.add_implication(m.new[j, k], on)


def _sessions(m: _Model) -> None:
    """Few drills a session, something low and quick first, few hard ones, few new ones."""
    table = settings()["session"]
    least, most = table["drills"]
    for k in m.rules:
        m.cp.add_at_most_one(m.new[i, k] for i in range(len(m.slots)))
    for i, slot in enumerate(m.slots):
        of_phase = {p: sum(m.on[i, k] for k, r in m.rules.items() if r["phase"] == p) for p in PHASES}
        m.cp.add_linear_constraint(sum(m.on[i, k] for k in m.rules), 1 if slot.share < 1 else least, most)
        m.cp.add(of_phase["early"] >= 1)
        m.cp.add(of_phase["middle"] + of_phase["late"] <= int(table["hard_most"]))
        m.cp.add(of_phase["late"] <= (0 if slot.gentle else int(table["late_most"])))
        m.cp.add(m.session(i) <= m.request.cap)
        fresh = table["new_in_first" if not m.done and i == 0 else "new"]
        m.cp.add(sum(m.new[i, k] for k in m.rules) <= int(fresh))


def _load(m: _Model, load: WeekLoad) -> Any:
    """The week's contacts, between their least and most; returns by how far they miss the aim."""
    total = sum(m.session(i) for i in range(len(m.slots)))
    m.cp.add_linear_constraint(total, load.least, load.most)
    misses = [m.absolute(total - load.aim)]
    for i, slot in enumerate(m.slots):
        misses.append(m.absolute(len(m.slots) * m.session(i) - total))
        m.cp.add(m.session(i) <= (round(load.usual * slot.share) if slot.share < 1 else load.most_a_session))
    return sum(misses)


def _unsteadiness(m: _Model) -> Any:
    """By how much drills differ from what they had last in a full week; in a week of recovery none has more."""
    last: dict[str, int] = {}
    for d in m.done:
        week = (d.day - m.request.start).days // 7
        last |= {} if is_recovery(week) else {k: n for k, n in d.contacts.items() if n and k in m.rules}
    off = []
    for i, k in m.on:
        if k in last and m.recovery:
            m.cp.add(m.contacts[i, k] <= max(last[k], min(doses(k))))
        elif k in last:
            miss = m.cp.new_int_var(0, 200, "")
            m.cp.add(miss >= m.contacts[i, k] - last[k]).only_enforce_if(m.on[i, k])
            m.cp.add(miss >= last[k] - m.contacts[i, k]).only_enforce_if(m.on[i, k])
            off.append(miss)
    return sum(off)


def _week(m: _Model, load: WeekLoad) -> list[dict[str, int]]:
    """Contacts of each drill in the week's sessions."""
    _introductions(m)
    _sessions(m)
    missed = _load(m, load)
    # A new drill as soon as it may come, the later ones used once they are known, the least known first.
    again = int(settings()["session"]["again"])
    worth = settings()["worth"]
    later = {k: int(worth["later_phase"]) * PHASES.index(r["phase"]) for k, r in m.rules.items()}
    stays = {k: int(worth["stays"]) * (0 < m.known[k] < again) for k in m.rules}
    gain = sum((later[k] + stays[k] * (not m.slots[i].gentle)) * on for (i, k), on in m.on.items())
    each = int(worth["each_session_later"])
    fresh = sum((int(worth["new"]) - each * i + later[k]) * new for (i, k), new in m.new.items())
    m.cp.minimize(int(worth["missed"]) * missed - gain - fresh + _unsteadiness(m))
    values = solved(m.cp)
    return [
        {k: int(values.value(m.contacts[i, k])) for k in m.rules if values.boolean_value(m.on[i, k])}
        for i in range(len(m.slots))
    ]


def filled(request: PlanRequest, slots: list[Slot], done: list[Done]) -> list[tuple[PlannedDrill, ...]]:
    """The drills of each session, with their doses.

    Parameters
    ----------
    request : PlanRequest
    slots : list of Slot
        Sessions to fill, in order.
    done : list of Done
        Sessions before them.

    Raises
    ------
    SettingsError
        When the rules of `data/plan.toml` contradict each other.
    """
    before = list(done)
    out: list[tuple[PlannedDrill, ...]] = []
    weeks = {w: [s for s in slots if s.week == w] for w in sorted({s.week for s in slots})}
    load = loads(request, done, min(weeks, default=0))
    for week, mine in weeks.items():
        already = [d for d in before if (d.day - request.start).days // 7 == week]
        bounds = load.week(week, len(mine), sum(d.total for d in already), len(already), min(s.share for s in mine))
        made = _week(_Model(request, mine, before, len(slots) - len(out)), bounds)
        before += [Done(s.day, contacts) for s, contacts in zip(mine, made, strict=True)]
        load.keep(week, sum(sum(c.values()) for c in made) + sum(d.total for d in already), len(mine) + len(already))
        out += [tuple(planned(k, n) for k, n in contacts.items()) for contacts in made]
    return out
