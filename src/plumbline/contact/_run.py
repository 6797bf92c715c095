"""The contacts of a run, each fitted to its own foot."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from plumbline.contact._contact import Contact
from plumbline.contact._events import coarse, foot_noise, joined, sound
from plumbline.contact._fit import EventFit, FitSettings, StanceData, fit_single
from plumbline.contact._gait import Gait, Step
from plumbline.contact._heights import Heights
from plumbline.contact._settings import CONTACT
from plumbline.contact._stances import Stance
from plumbline.measuring import Measuring


def contacts_of_run(h: Heights, gait: Gait, fps: float, measuring: Measuring) -> list[Contact]:
    """The contacts of a run, each fitted to its own foot; none where they leave no time for flights."""
    frame = 1 / fps
    gait = _shorter(gait)
    # A swinging foot comes and goes on no parabola for long, and the first guess is a rough one.
    settings = FitSettings(
        search_s=max(CONTACT.rough_search_s, CONTACT.rough_search_frames * frame),
        flight_window_s=max(CONTACT.run_window_s, CONTACT.run_window_frames * frame),
        guess_sd_s=CONTACT.run_guess_sd_s,
    )
    fits = [_step_fits(h, step, settings) for step in gait.steps]
    noise = foot_noise([f for pair in fits for f in pair], CONTACT.run_noise_unseen_pct_bh)
    settings = replace(settings, foot_noise_pct=noise)
    out = []
    for step in gait.steps:
        stance = Stance(step.down_s, step.up_s, step.side, step.side)
        pair = _step_fits(h, step, settings)
        share = (pair[1].toe_off_s - pair[0].touchdown_s) / gait.contact_s
        usual = CONTACT.run_contact_least < share < CONTACT.run_contact_most
        fitted = usual and all(sound(f, 0.0) for f in pair)
        contact = joined(pair if fitted else coarse(stance, frame), stance, fps, measuring)
        out.append(_of_a_stride(contact, fps, measuring))
    if gait.last is not None:  # where the flight before it ends
        begun = _step_fits(h, gait.last, settings)[0]
        stance = Stance(gait.last.down_s, np.nan, gait.last.side, gait.last.side)
        out += [_of_a_stride(joined([begun], stance, fps, measuring), fps, measuring)] if sound(begun, 0.0) else []
    flights = np.array([b.touchdown_s - a.toe_off_s for a, b in itertools.pairwise(out)])
    flights = flights[flights < CONTACT.run_flight_most_s]  # a step between was not seen
    return _apart(out) if len(flights) and float(np.median(flights)) > 0 else []


def _shorter(gait: Gait) -> Gait:
    """Steps whose first guess is a running contact's: shorter at both ends than one that may be a walk's."""
    less = [min(CONTACT.run_shorter_s, CONTACT.sure_share * (s.up_s - s.down_s)) for s in gait.steps]
    steps = [replace(s, down_s=s.down_s + x, up_s=s.up_s - x) for s, x in zip(gait.steps, less, strict=True)]
    return replace(gait, steps=tuple(steps))


def _apart(contacts: list[Contact]) -> list[Contact]:
    """Neighbours of a run that do not overlap: those that do meet half way, less sure by it."""
    out = contacts[:1]
    for b in contacts[1:]:
        a, over = out[-1], out[-1].toe_off_s - b.touchdown_s
        if over > 0:
            meet = b.touchdown_s + over / 2
            out[-1] = replace(a, toe_off_s=meet, toe_off_sd_s=float(np.hypot(a.toe_off_sd_s, over / 2)))
            b = replace(b, touchdown_s=meet, touchdown_sd_s=float(np.hypot(b.touchdown_sd_s, over / 2)))  # noqa: PLW2901
        out.append(b)
    return out


def _step_fits(h: Heights, step: Step, s: FitSettings) -> list[EventFit]:
    """Touchdown and toe-off of one foot, each by itself."""
    margin = CONTACT.sure_share * (step.up_s - step.down_s)
    foot = h.above_stand((step.side,), 0.0, step.down_s + margin, step.up_s - margin)
    data = StanceData.of(h, foot)
    hold = min(CONTACT.hold_s, CONTACT.run_hold_share * (step.up_s - step.down_s))
    return [fit_single(data, step.down_s, "down", s, hold), fit_single(data, step.up_s, "up", s, hold)]


def _of_a_stride(c: Contact, fps: float, measuring: Measuring) -> Contact:
    """A runner's contact: their own biases, where some hold, and uncertainties as a foot that rolls off leaves them."""
    slow_s = measuring.slow_share(fps) * measuring.stride_slow_touchdown_sd_s
    sooner = replace(
        c,
        touchdown_s=c.touchdown_s - measuring.stride_touchdown_bias_s,
        toe_off_s=c.toe_off_s - measuring.stride_toe_off_bias_s,
        touchdown_sd_s=float(np.hypot(c.touchdown_sd_s, slow_s)),
        touchdown_common_s=float(np.hypot(c.touchdown_common_s, slow_s)),
    )
    return sooner.vaguer(measuring.stride_model_sd_s, measuring.stride_step_sd_s)
