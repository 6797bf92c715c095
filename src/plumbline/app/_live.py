"""The athlete's page: a webcam, a counter, and the last rep's faults in letters that read from 4 m."""

from __future__ import annotations

import html
import os
import secrets
from typing import Any

import numpy as np
import streamlit as st

from plumbline.app._coach import coach, place
from plumbline.app._components import voice
from plumbline.app._libraries import load_libraries
from plumbline.app._session import drill_names, limits_in_force, store
from plumbline.app._webcam import Webcam
from plumbline.app._words import escaped
from plumbline.errors import PlumblineError
from plumbline.live import LiveRep, LiveSession, LiveView, live_clip
from plumbline.pose import Footage, MediaPipeEstimator, bundle_path
from plumbline.request import Limits, Request

SIZES = {"640 × 480": (640, 480), "1280 × 720": (1280, 720)}
# A camera without a picture for so long is said to be gone.
SILENT_S = 5.0
SOUNDS = {"Beep": "beep", "Say the cue": "voice", "Silent": "silent"}


def page() -> None:
    """Choose the drill, start the camera, hop; on stop the session's results open."""
    st.title("Live")
    webcam: Webcam | None = st.session_state.get("webcam")
    if webcam is not None and st.session_state.get("live_over"):
        _finish(webcam)
    with st.expander("Drill, camera, sound", expanded=webcam is None):
        request, size, keep = _choices()
    try:
        limits = Limits.load(limits_in_force())
    except PlumblineError as error:
        st.error(f"{escaped(str(error))} See *Limits*.")
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        context = _stream(request, limits, size, keep)
    if context.state.playing:
        st.session_state["live_playing"] = True
        with right:
            _panel()
    elif st.session_state.pop("live_playing", False):
        st.session_state["live_over"] = True
        st.rerun()
    else:
        with right:
            st.html(_waiting("Press START, then turn your side to the camera"))
            st.caption(
                "Whole body in the picture, side-on. Counting begins after a second of standing still and a countdown. "
                "Below 50 frames per second contact times are not graded; most webcams give 30. "
                f"The picture goes to {place()} and nowhere else."
            )


def _choices() -> tuple[Request, tuple[int, int], bool]:
    names = {k: v for k, v in drill_names().items() if k != "auto"}
    a, b, c = st.columns(3)
    drill = a.selectbox("Drill", list(names), list(names).index("pogo"), format_func=names.__getitem__)
    tall = b.number_input("Stature, cm", 80, 250, None, placeholder="not given")
    size = SIZES[c.selectbox("Camera", list(SIZES))]
    st.segmented_control("On a fault", list(SOUNDS), default="Beep", required=True, key="live_sound")
    keep = st.checkbox("Keep the film of this session", help="To see it on the results page; removed after some hours.")
    return Request(drill=drill, height_m=tall / 100 if tall else None), size, keep


def _stream(request: Request, limits: Limits, size: tuple[int, int], keep: bool) -> Any:
    from streamlit_webrtc import WebRtcMode, webrtc_streamer

    def open_webcam() -> Any:
        film = store().root / f"live_{secrets.token_hex(8)}.mp4"
        return Webcam(lambda: _session(request, limits), film if keep else None)

    width, height = size
    context = webrtc_streamer(
        key="live",
        mode=WebRtcMode.SENDRECV,
        rtc_configuration=_rtc(),
        media_stream_constraints={
            "video": {"width": {"ideal": width}, "height": {"ideal": height}, "frameRate": {"ideal": 60}},
            "audio": False,
        },
        video_processor_factory=open_webcam,
        async_processing=True,
    )
    if context.video_processor is not None:
        st.session_state["webcam"] = context.video_processor
        st.session_state["live_request"] = request
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


def _session(request: Request, limits: Limits) -> LiveSession:
    load_libraries()
    return LiveSession(MediaPipeEstimator(bundle_path(None)), request, limits)


@st.fragment(run_every=0.5)
def _panel() -> None:
    """Counter, contact, faults; refreshed a few times a second."""
    webcam: Webcam | None = st.session_state.get("webcam")
    view = webcam.view if webcam is not None else None
    if webcam is not None and webcam.error:
        st.error(webcam.error)
    elif webcam is not None and webcam.silent_s > SILENT_S:
        st.html(_waiting("No picture"))
        st.error(
            f"No picture has come from the camera for {webcam.silent_s:.0f} s. Press STOP: what was counted is kept. "
            "Then look whether the camera is plugged in and no other program has it, and press START again."
        )
        return
    if view is None:
        st.html(_waiting("Waiting for the camera …"))
        return
    st.html(_big(view))
    faults = view.rep.measured.with_outcome("fault") if view.rep else []
    sound = SOUNDS[st.session_state.get("live_sound") or "Beep"]
    words = f"{faults[0].label}. {faults[0].cue}" if faults else ""
    voice(view.rep.number if view.rep and faults else 0, words, sound)
    pace = view.pace
    if np.isfinite(pace.fps):
        low = " Below 50: contact times are not graded." if pace.fps < 50 else ""
        st.caption(
            f"{pace.fps:.0f} frames per second measured, {pace.delay_p50_ms:.0f} ms from frame to line "
            f"(95 %: {pace.delay_p95_ms:.0f} ms, 99 %: {pace.delay_p99_ms:.0f} ms).{low}"
        )


def _big(view: LiveView) -> str:
    if view.phase != "counting":
        return _waiting(view.words or "Get ready")
    state = "on the floor" if view.contact else "in the air"
    count = f'<span class="count" data-testid="count">{view.count}</span> <span class="state">{state}</span>'
    return f'<div class="big">{count}{_findings(view.rep)}</div>'


def _waiting(words: str) -> str:
    return f'<div class="big"><span class="words wait">{html.escape(words)}</span></div>'


def _findings(rep: LiveRep | None) -> str:
    if rep is None:
        return '<span class="words wait">Hop</span>'
    found = [(v.label, "fault", "!") for v in rep.measured.with_outcome("fault")]
    found += [(v.label, "borderline", "?") for v in rep.measured.with_outcome("borderline")]
    found = found[:3] or [("ok", "ok", "")]
    return f'<span class="state of">rep {rep.number}</span>' + "".join(
        f'<span class="words {kind}">{mark} {html.escape(label)}</span>' for label, kind, mark in found
    )


def _finish(webcam: Webcam) -> None:
    """Open the session's results: of its film where one was kept, else of its landmarks."""
    webcam.on_ended()
    if webcam.error:
        st.error(escaped(webcam.error))
    for key in ("webcam", "live_over"):
        st.session_state.pop(key, None)
    request = st.session_state.pop("live_request", Request())
    pose = webcam.session.whole() if webcam.session is not None else None
    if pose is None:
        st.info("The session ended before counting began, so there is nothing to show.")
        return
    film = webcam.recording
    try:
        if film is not None and film.is_file():
            job = store().add("live_session.mp4", film.replace, request, limits_in_force(), coach())
        else:
            seen = live_clip(pose), Footage.of_one(pose)
            job = store().adopt("live session", *seen, request, limits_in_force(), coach())
    except PlumblineError as error:
        st.error(escaped(str(error)))
        return
    st.session_state.setdefault("clips", []).append(job.token)
    st.switch_page(st.session_state["analyse_page"], query_params={"clip": job.token})
