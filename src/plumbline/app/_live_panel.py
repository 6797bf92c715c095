"""Beside the camera's picture: count and verdict in large letters, sound, the sets so far."""

from __future__ import annotations

import html
from dataclasses import asdict, replace

import numpy as np
import streamlit as st

from plumbline.app._coach import coach
from plumbline.app._components import voice
from plumbline.app._session import clip_of, limits_in_force, remember, store
from plumbline.app._training import Wanted
from plumbline.app._webcam import LiveSet, Webcam
from plumbline.app._words import error_markdown, escaped
from plumbline.errors import PlumblineError
from plumbline.language import N_, _, say
from plumbline.live import LiveView, board, live_clip
from plumbline.pose import Footage
from plumbline.video import probe

# A camera without a picture for so long is said to be gone.
SILENT_S = 5.0
EVERY_S = 0.25
SOUNDS = {N_("Voice and tones"): "voice", N_("Tones only"): "tones", N_("Silent"): "silent"}
NO_PICTURE = N_(
    "No picture has come from the camera for {seconds:.0f} s. Press *Stop and see results*: what was counted is kept. "
    "Then check that the camera is plugged in and no other program is using it, and start again."
)


@st.fragment(run_every=EVERY_S)
def panel() -> None:
    """Count, verdict and sound; refreshed a few times a second."""
    webcam: Webcam | None = st.session_state.get("webcam")
    view = webcam.view if webcam is not None else None
    if webcam is not None and webcam.silent_s > SILENT_S:
        st.html(large(_("No picture")))
        st.error(say(NO_PICTURE, seconds=webcam.silent_s))
        return
    if webcam is not None and webcam.error:
        st.error(escaped(webcam.error))
    if webcam is None or view is None:
        st.html(large(_("Waiting for the camera …")))
        return
    st.html(_big(view))
    voice(
        webcam.id,
        [asdict(call) for call in view.calls],
        SOUNDS[st.session_state.get("live_sound") or next(iter(SOUNDS))],
        beat=int(st.session_state.get("live_beat") or 0),
        counting=view.phase == "counting",
    )
    _sets(webcam, view)
    _details(view, webcam)


def _big(view: LiveView) -> str:
    words = board(view)
    count = f'<span class="count" data-testid="count">{words.count}</span>' if words.count else ""
    rep = _("rep {n}", n=view.rep.number) if view.rep else ""
    of = f'<span class="state of">{rep}</span>' if view.rep and view.phase == "counting" else ""
    lines = "".join(
        f'<span class="words {"wait" if kind == "plain" else kind}">{html.escape(line)}</span>'
        for line, kind in words.lines
    )
    note = f'<span class="state of">{html.escape(words.note)}</span>' if words.note else ""
    return f'<div class="big">{count}{of}{lines}{note}</div>'


def large(words: str) -> str:
    """Words in the large letters of the page."""
    return f'<div class="big"><span class="words wait">{html.escape(words)}</span></div>'


def _sets(webcam: Webcam, view: LiveView) -> None:
    """The next set by one key, and what the set so far has shown."""
    if view.faults and view.phase == "counting":
        lines = [_("{fault}: {n} of {of} reps", fault=label, n=len(on), of=view.count) for label, on in view.faults]
        st.markdown("  \n".join(escaped(line) for line in lines))
    if view.phase in ("counting", "done") and st.button(
        _("Next set"), shortcut="n", icon=":material/replay:", width="stretch"
    ):
        done = webcam.take_set()
        webcam.next_set()
        if done is not None and done.counted:  # a set without a rep is none
            _kept(done)
        st.rerun(scope="fragment")
    earlier = st.session_state.get("live_sets", [])
    planned: Wanted | None = st.session_state.get("live_planned")
    if planned is not None and planned.sets:
        k = min(st.session_state.get("live_done", 0) + 1, planned.sets)
        st.caption(escaped(_("Set {k} of {n}: {dose}", k=k, n=planned.sets, dose=planned.dose)))
    if earlier:
        # A link opens another tab: the camera goes on here.
        sets = [f"[{_('Set {k}: {n} reps', k=k, n=n)}](./?clip={token})" for k, (token, n) in enumerate(earlier, 1)]
        st.caption(" · ".join(sets))


def _details(view: LiveView, webcam: Webcam) -> None:
    pace = view.pace
    if not np.isfinite(pace.fps):
        return
    least = webcam.session.limits.measuring.min_contact_fps if webcam.session is not None else 0.0
    if pace.fps < least:
        said = _(
            "Below {least:g} frames per second long contacts are not announced; most webcams give 30. The results "
            "after the set judge them by their error.",
            least=least,
        )
        st.caption(said)
    with st.expander(_("Speed of the picture")):
        st.caption(
            _(
                "{fps:.0f} frames per second measured, {delay_p50_ms:.0f} ms from frame to line (95 %: "
                "{delay_p95_ms:.0f} ms, 99 %: {delay_p99_ms:.0f} ms).",
                fps=pace.fps,
                delay_p50_ms=pace.delay_p50_ms,
                delay_p95_ms=pace.delay_p95_ms,
                delay_p99_ms=pace.delay_p99_ms,
            )
        )


def _keep(done: LiveSet) -> str:
    """Make a set a clip with results; its token."""
    number = len(st.session_state.get("live_sets", [])) + 1
    title = _("set {n}", n=number)
    clip = live_clip(done.pose, title)
    if done.film is not None:
        film = probe(done.film)
        clip = replace(clip, path=film.path, container_fps=film.container_fps)
    name = f"{title.replace(' ', '_')}.mp4" if done.film is not None else title
    seen = clip, Footage.of_one(done.pose)
    job = store().adopt(name, seen, done.request, limits_in_force(), coach(), done.film)
    job.counted_live, job.missed_live = done.counted, done.missed
    remember(job.token)
    st.session_state.setdefault("live_sets", []).append((job.token, done.counted))
    st.session_state["live_done"] = st.session_state.get("live_done", 0) + (done.counted > 0)
    return str(job.token)


def _kept(done: LiveSet) -> str:
    """A set made a clip, without its film where that cannot be kept, which is said; its token."""
    if done.trouble:
        st.toast(escaped(done.trouble), icon=":material/error:")
    try:
        return _keep(done)
    except PlumblineError as error:
        st.toast(error_markdown(error), icon=":material/error:")
        return _keep(replace(done, film=None)) if done.film is not None else ""


def finish(webcam: Webcam) -> None:
    """Open the results of the last set that has reps, else of the last."""
    webcam.on_ended()
    if webcam.error:
        st.toast(escaped(webcam.error), icon=":material/error:")
    for key in ("webcam", "live_over"):
        st.session_state.pop(key, None)
    token = _kept(webcam.last_set) if webcam.last_set is not None else ""
    sets = st.session_state.pop("live_sets", [])
    st.session_state["live_session"] = [of_set for of_set, _count in sets]
    if sets:
        with_reps = [of_set for of_set, _count in sets if (job := clip_of(of_set)) and job.report and job.report.reps]
        opened = [token] if token in with_reps else with_reps or [token or sets[-1][0]]
        st.switch_page(st.session_state["pages"]["analyse"], query_params={"clip": opened[-1]})
    elif webcam.last_set is None:
        st.info(_("The session ended before counting began, so there is nothing to show."))
