"""The athlete's page: a webcam, a count, and every rep's verdict, seen from 4 m and heard."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from typing import Any

import streamlit as st

from plumbline.app import _live_panel
from plumbline.app._coach import place
from plumbline.app._components import camera_button
from plumbline.app._libraries import load_libraries
from plumbline.app._local import height_input
from plumbline.app._session import drill_names, limits_in_force, store
from plumbline.app._training import Wanted
from plumbline.app._webcam import Showing, Webcam
from plumbline.app._words import error_markdown, escaped
from plumbline.catalogue import find_drill
from plumbline.errors import PlumblineError
from plumbline.estimation import MediaPipeEstimator, bundle_path
from plumbline.language import N_, _, current, say
from plumbline.live import LiveSession, SetSettings
from plumbline.request import Limits, Request

SIZES = {"640 × 480": (640, 480), "1280 × 720": (1280, 720)}
REPLAYS_S = {
    N_("Off"): None,
    N_("after 2 s"): 2.0,
    N_("after 5 s"): 5.0,
    N_("after 10 s"): 10.0,
    N_("after 20 s"): 20.0,
}
DELAYS_S = {"Off": None, "2 s": 2.0, "5 s": 5.0, "10 s": 10.0, "20 s": 20.0}
PEOPLE = 3


@dataclass(frozen=True)
class Setup:
    """What was chosen before the camera starts."""

    request: Request
    limits: Limits
    settings: SetSettings
    size: tuple[int, int]
    keep: bool


def page() -> None:
    """Choose the drill, start the camera, hop; on stop the session's results open."""
    st.title(_("Live"))
    webcam: Webcam | None = st.session_state.get("webcam")
    if webcam is not None and st.session_state.get("live_over"):
        _live_panel.finish(webcam)
    try:
        limits = Limits.load(limits_in_force())
    except PlumblineError as error:
        st.error(_("{error} See *Limits*.", error=error_markdown(error)))
        return
    on = bool(st.session_state.get("live_on"))
    setup = _choices(limits, on)
    pressed = camera_button(on, setup.size)
    if pressed:
        st.session_state["live_on"] = pressed == "start"
        if pressed == "start":  # a second look at the results must not end the new session
            st.session_state.pop("live_playing", None)
        st.rerun()
    left, right = st.columns([3, 2], gap="large")
    with left:
        context = _stream(setup, on)
    with right:
        if context.state.playing:
            st.session_state["live_playing"] = True
            _live_panel.panel()
        elif st.session_state.pop("live_playing", False):
            st.session_state.update(live_over=True, live_on=False)
            st.rerun()
        else:
            faces = find_drill(setup.request.drill).measured.view == "front"
            start = _("Start the camera, then face it") if faces else _("Start the camera, then stand side-on to it")
            st.html(_live_panel.large(_("Starting …") if on else start))
            st.caption(
                _(
                    "Whole body in the picture. Counting begins after a second of standing still and a countdown. For "
                    "full screen, use the icon in the picture's corner. The picture goes to {place} and nowhere else.",
                    place=place(),
                )
            )


def _choices(limits: Limits, on: bool) -> Setup:
    """What a session is set up with; while the camera runs, only what can be changed then."""
    with st.expander(_("Drill, reps, height"), expanded=not on):
        request, target = _wanted(on)
    with st.expander(_("Camera, sound, replay, film")):
        size, keep = _extras(on)
    if on:
        st.caption(_("To change what is greyed out, stop the camera."))
    return Setup(request, limits, SetSettings(target=target), size, keep)


def _wanted(on: bool) -> tuple[Request, int | None]:
    """What is to be done, and the reps to stop after."""
    names = {k: v for k, v in drill_names().items() if k != "auto"}
    a, b, c = st.columns(3)
    wanted: Wanted = st.session_state.get("live_wanted") or Wanted()  # by the plan of today, or by a test
    if st.session_state.get("live_begun_with") != wanted:  # it comes before what was chosen last
        st.session_state["live_begun_with"] = wanted
        _forget("drill", "target")
    first = wanted.drill if wanted.drill in names else Wanted.drill
    drill = a.selectbox(
        _("Drill"), list(names), format_func=names.__getitem__, key=_lasting("drill", first), disabled=on
    )
    target = b.number_input(
        _("Stop after, reps"), 1, 500, None, key=_lasting("target", wanted.reps), placeholder=_("no limit"), disabled=on
    )
    tall_m = height_input(c, wanted.height_m, disabled=on)
    st.session_state["live_planned"] = wanted if wanted.sets and wanted.drill == drill else None
    if wanted.sets and wanted.drill == drill:
        st.caption(escaped(_("Planned for today: {dose}", dose=wanted.dose)))
    return Request(drill=drill, height_m=tall_m), int(target) if target else None


def _extras(on: bool) -> tuple[tuple[int, int], bool]:
    """The picture's size, and whether the film of each set is kept; sound and replay may change at any time."""
    a, b, c = st.columns(3)
    size = SIZES[a.selectbox(_("Camera"), list(SIZES), key=_lasting("camera", next(iter(SIZES))), disabled=on)]
    b.selectbox(
        _("Sound"), list(_live_panel.SOUNDS), format_func=say, key=_lasting("sound", next(iter(_live_panel.SOUNDS)))
    )
    c.number_input(_("Metronome, beats per minute"), 0, 240, key=_lasting("beat", 0), help=_("0 is off."))
    a, b = st.columns(2)
    again = a.selectbox(
        _("Slow replay of the last rep"), list(REPLAYS_S), format_func=say, key=_lasting("again", next(iter(REPLAYS_S)))
    )
    late = b.selectbox(
        _("Delayed picture"),
        list(DELAYS_S),
        format_func=say,
        key=_lasting("late", next(iter(DELAYS_S))),
        help=_("The athlete walks over and sees the set."),
    )
    st.session_state["live_showing"] = Showing(REPLAYS_S[again], DELAYS_S[late])
    keep = st.checkbox(
        _("Save the film of each set"),
        key=_lasting("keep", False),
        disabled=on,
        help=_("To see it on the results page; removed after some hours."),
    )
    return size, keep


def _lasting(name: str, usual: Any) -> str:
    """The key of a field; what was chosen in it outlasts a look at another page."""
    kept = st.session_state.setdefault("live_kept", {})
    key = f"live_{name}"
    if key in st.session_state:
        kept[name] = st.session_state[key]
    else:
        st.session_state[key] = kept.get(name, usual)
    return key


def _forget(*names: str) -> None:
    """Let fields begin anew."""
    for name in names:
        st.session_state.get("live_kept", {}).pop(name, None)
        st.session_state.pop(f"live_{name}", None)


def _stream(setup: Setup, on: bool) -> Any:
    from streamlit_webrtc import WebRtcMode, webrtc_streamer

    root, language = store().root, current()

    def open_webcam() -> Any:
        return Webcam(
            lambda: _session(setup),
            (lambda: root / f"live_{secrets.token_hex(8)}.mp4") if setup.keep else None,
            language,
        )

    width, height = setup.size
    context = webrtc_streamer(
        key="live",
        mode=WebRtcMode.SENDRECV,
        rtc_configuration=_rtc(),
        media_stream_constraints={
            "video": {"width": {"ideal": width}, "height": {"ideal": height}, "frameRate": {"ideal": 60}},
            "audio": False,
        },
        desired_playing_state=on,
        video_processor_factory=open_webcam,
        async_processing=True,
    )
    if context.video_processor is not None:
        context.video_processor.showing = st.session_state.get("live_showing") or Showing()
        st.session_state["webcam"] = context.video_processor
    return context


def _rtc() -> dict[str, Any]:
    """How the browser reaches this machine: directly, or over the club's own relay (see `docs/deploy.md`).

    Without `PLUMBLINE_TURN` no other machine is asked.
    """
    relay = os.environ.get("PLUMBLINE_TURN")
    if not relay:
        return {"iceServers": []}
    user, password = (os.environ.get(f"PLUMBLINE_TURN_{name}", "") for name in ("USER", "PASSWORD"))
    return {"iceServers": [{"urls": [relay], "username": user, "credential": password}]}


def _session(setup: Setup) -> LiveSession:
    load_libraries()
    bundle = bundle_path(None)
    scout = lambda: MediaPipeEstimator(bundle, people=PEOPLE)  # noqa: E731
    return LiveSession(MediaPipeEstimator(bundle), setup.request, setup.limits, setup.settings, scout)
