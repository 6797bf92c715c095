"""Guided tests: sets as parts of one, and what it found, in words."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.catalogue import Protocol, find_drill, metric_label
from plumbline.errors import SettingsError
from plumbline.language import N_, _, ngettext, say
from plumbline.log._asymmetry import Asymmetry, asymmetries, pooled, worth_pct
from plumbline.log._entries import REPEAT, SessionEntry, SetEntry
from plumbline.log._progress import COVERAGE, headline_of
from plumbline.log._variation import Repeats, Spread, settings

LEGS = {"both": N_("both legs"), "left": N_("the left leg"), "right": N_("the right leg")}


def parts_of(protocol: Protocol, sets: Sequence[SetEntry]) -> tuple[SetEntry, ...]:
    """Measured sets as the parts of a test, in the order of its films.

    Parameters
    ----------
    protocol : Protocol
    sets : sequence of SetEntry
        One a film.

    Returns
    -------
    tuple of SetEntry
        The same, marked with the test.

    Raises
    ------
    SettingsError
        When they are not what the test films.
    """
    if len(sets) != len(protocol.films):
        raise SettingsError(
            "{name} takes {n} films: {lower}.",
            name=protocol.name,
            n=len(protocol.films),
            lower=", ".join(say(film) for film in protocol.films).lower(),
        )
    films = [s.film_sha256 for s in sets if s.film_sha256]
    if len(set(films)) < len(films):
        raise SettingsError("the same film is given twice: film each set by itself.")
    if len({s.drill for s in sets}) > 1:
        raise SettingsError(
            "the films show {names}: film the same drill.", names=_(" and ").join(s.drill_name for s in sets)
        )
    if find_drill(sets[0].drill).names.isdisjoint(protocol.choices):
        names = ", ".join(say(find_drill(d).name) for d in protocol.choices)
        raise SettingsError(
            "{drill_name} is not what {name} is done with: {names}.",
            drill_name=sets[0].drill_name,
            name=protocol.name,
            names=names,
        )
    for wanted, film, s in zip(protocol.sides, protocol.films, sets, strict=False):
        if s.side != wanted:
            shown = LEGS[s.side]
            raise SettingsError(
                "{film}: the film shows {shown} at work. Film {wanted} on the camera's side.",
                film=film,
                shown=shown,
                wanted=LEGS[wanted],
            )
    if protocol.metric and protocol.id not in sets[0].metrics:
        raise SettingsError(
            "{name}: no score. {reps} reps in a row are needed, {reps2} were measured; each must have its {lower}.",
            name=protocol.name,
            reps=protocol.reps,
            reps2=sets[0].reps,
            lower=say(metric_label(protocol.metric).label).lower(),
        )
    return tuple(s.model_copy(update={"protocol": protocol.id}) for s in sets)


def outcome(
    protocol: Protocol, sets: Sequence[SetEntry], sessions: Sequence[SessionEntry], headline: dict[str, str]
) -> list[str]:
    """What a test found, a line a number, the score first.

    Parameters
    ----------
    protocol : Protocol
    sets : sequence of SetEntry
        Its parts.
    sessions : sequence of SessionEntry
        All that is logged of the athlete, the test itself included.
    headline : dict of drill to metric
        The coach's headline metrics.

    Returns
    -------
    list of str
    """
    drill, names = sets[0].drill, set.intersection(*(set(s.metrics) for s in sets))
    first = headline_of(drill, names, headline)
    if protocol.id == REPEAT:
        found = Repeats.of(sessions).typical_errors(drill)
        chosen = [n for n in (first, *sorted(names)) if n in found and (n == first or metric_label(n).headline)]
        return [_repeat_said(n, found[n], sets[-1]) for n in dict.fromkeys(chosen)]
    if protocol.sides:
        now = _first_then_clear(asymmetries(sets[:1], sets[1:], sessions), first)
        days = _first_then_clear(pooled(sessions, drill), first)
        return [_sides_said(a) for a in now] + [_sides_said(a) for a in days if a.days > 1]
    label, score = metric_label(protocol.id), sets[0].metrics[protocol.id]
    return [_("{name}: {value} (95 %)", name=label.label, value=label.said_with_sd(score.mean, COVERAGE * score.sd))]


def _first_then_clear(found: Sequence[Asymmetry], first: str) -> list[Asymmetry]:
    """The test's score, which is the headline metric's (any, where it is compared in none), then what is clear."""
    score = next((a for a in found if a.metric == first), found[0] if found else None)
    return [a for a in (score, *(a for a in found if a.clear and a is not score)) if a is not None]


def _sides_said(a: Asymmetry) -> str:
    said = a.said
    if not a.clear and a.half_width > 2 * worth_pct():
        said += _(": too rough to tell. Film 10 hops with each leg at 120 frames per second or more")
    elif not a.clear:
        said += _(": not clearly above {worth:g} %", worth=worth_pct())
    elif not a.weaker:
        said += _(": a clear difference")
    return _("Over {n} days together: {said}", n=a.days, said=said) if a.days > 1 else said


def _repeat_said(name: str, spread: Spread, entry: SetEntry) -> str:
    label, mean = metric_label(name), entry.metrics[name].mean
    size = label.amount(spread.sd)
    if mean:
        size += _(" ({pct:.1f} %)", pct=100 * spread.sd / abs(mean))
    missing = int(settings()["repeats"]["needed"]) - spread.freedom
    counts = _("it counts in every comparison from now on")
    if missing > 0:
        counts = ngettext(
            "{n} more repeat, and it counts in every comparison",
            "{n} more repeats, and it counts in every comparison",
            missing,
        )
    return ngettext(
        "{name}: typical error {size} from {n} repeat; {counts}",
        "{name}: typical error {size} from {n} repeats; {counts}",
        spread.freedom,
        name=label.label,
        size=size,
        counts=counts,
    )
