"""What the pages share: the store of clips, the limits in force, words for progress."""

from __future__ import annotations

import atexit
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from platformdirs import user_config_path

from plumbline.app._clip import ClipJob
from plumbline.app._coach import alone, coach, own, visitor
from plumbline.app._gate import Gate
from plumbline.app._jobs import Store
from plumbline.app._libraries import load_libraries
from plumbline.app._local import clock
from plumbline.catalogue import load_drills
from plumbline.estimation import cache_root
from plumbline.language import N_, _, ngettext, say
from plumbline.request import Request
from plumbline.resources import sample_clip, sample_height_m

SAMPLES = {
    "pogo_faults.mp4": N_("Pogo hops with planted faults"),
    "pogo.mp4": N_("Pogo hops in good form"),
    "single_leg_hops.mp4": N_("Single-leg hops"),
    "travelling_hops.mp4": N_("Travelling hops"),
    "tuck_jumps.mp4": N_("Tuck jumps"),
    "squat_jump.mp4": N_("Squat jump"),
    "drop_landing.mp4": N_("Drop landing"),
    "treadmill_run.mp4": N_("Treadmill run"),
    "high_knees.mp4": N_("High knees"),
    "squats.mp4": N_("Squats"),
    "lunges.mp4": N_("Lunges"),
    "standing.mp4": N_("Quiet standing"),
}

DAY_S = 86_400.0


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The clips of this server."""
    threading.Thread(target=load_libraries, name="warm-up", daemon=True).start()
    shelf = cache_root() / "app"
    for old in shelf.glob("*"):
        if not _in_use(old):
            shutil.rmtree(old, ignore_errors=True)
    root = shelf / str(os.getpid())
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return Store(root)


def _in_use(folder: Path) -> bool:
    """Whether the server that keeps its films in a folder still runs."""
    if os.name != "posix" or not folder.name.isdecimal():
        return time.time() - folder.stat().st_mtime < DAY_S
    try:
        os.kill(int(folder.name), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return int(folder.name) != os.getpid()


@st.cache_resource(show_spinner=False)
def gate() -> Gate:
    """The gate that films come in by."""
    return Gate()


def clip_of(token: str | None) -> ClipJob | None:
    """The visitor's clip of that token, None when there is none (any more)."""
    return store().get(token, coach())


def limits_file() -> Path:
    """Where the coach's own limits are kept; `PLUMBLINE_LIMITS` moves it."""
    given = os.environ.get("PLUMBLINE_LIMITS")
    return own(Path(given) if given else user_config_path("plumbline") / "limits.toml", coach())


def limits_in_force() -> Path | None:
    """The coach's limits, None while there are none."""
    path = limits_file()
    return path if path.is_file() else None


def add_upload(upload: Any, request: Request) -> ClipJob:
    """Take an uploaded film in.

    Raises
    ------
    PlumblineError
        When it is one too many, or there is no room for it.
    """
    gate().admit(visitor(), upload.size, store().waiting, shutil.disk_usage(store().root).free)
    return store().add(upload.name, _copy_of(upload), request, limits_in_force(), coach())


def _copy_of(upload: Any) -> Callable[[Path], object]:
    def save(path: Path) -> None:
        upload.seek(0)
        with path.open("wb") as out:
            shutil.copyfileobj(upload, out, 1 << 20)

    return save


def add_sample(name: str = "pogo_faults.mp4") -> ClipJob:
    """Take a shipped sample in."""
    source = sample_clip(name)
    request = Request(height_m=sample_height_m(name))
    return store().add(name, lambda path: shutil.copyfile(source, path), request, limits_in_force(), coach())


def drill_names() -> dict[str, str]:
    """Drills to choose from by id, the recognised one first."""
    return {"auto": _("Detect automatically")} | {d.id: say(d.name) for d in load_drills().values() if d.movement}


def judge_anew(job: ClipJob, request: Request) -> None:
    """Measure a clip again by a request and the limits in force, and begin to draw its film anew.

    Raises
    ------
    PlumblineError
        When the request cannot be met; what was measured before stays.
    """
    job.remeasure(request, limits_in_force())
    store().redraw(job)


def clips_here() -> list[ClipJob]:
    """The clips that the visitor has open, the newest last: those of this visit; of a coach, or who is alone, all."""
    jobs, visited = store().of(coach()), st.session_state.get("clips", [])
    return jobs if coach() or alone() else [job for job in jobs if job.token in visited]


def clip_said(job: ClipJob) -> str:
    """A clip's name, what was found, and when it came."""
    parts = [job.name]
    if job.state == "measured" and job.report is not None:
        parts += [say(job.report.drill.name)] if job.report.drill else []
        parts.append(ngettext("{n} rep", "{n} reps", len(job.report.reps)))
    else:
        parts.append(_("being measured") if job.state == "working" else _("stopped"))
    return " · ".join([*parts, clock(job.came_at)])


def last_drill() -> str:
    """Id of the drill of the clip that was opened last in this visit; empty before any."""
    jobs = [clip_of(token) for token in st.session_state.get("clips", [])]
    drills = [job.report.drill.id for job in jobs if job is not None and job.report is not None and job.report.drill]
    return drills[-1] if drills else ""


def sets_of_session(job: ClipJob) -> list[ClipJob]:
    """The sets of the live session that a clip is a set of, those with reps; none of a film."""
    tokens = st.session_state.get("live_session", [])
    jobs = [clip_of(token) for token in tokens] if job.token in tokens else []
    return [j for j in jobs if j is not None and j.report is not None and j.report.reps]


def remember(*tokens: str) -> None:
    """Keep clips among those of this visit."""
    clips = st.session_state.setdefault("clips", [])
    clips.extend(t for t in tokens if t not in clips)


def addressed(name: str) -> str:
    """What the address says under a name; a link of the menu drops that, and it is put back from the visit."""
    kept: dict[str, str] = st.session_state.setdefault("addressed", {})
    if name in st.query_params:
        kept[name] = st.query_params[name]
    elif kept.get(name):
        st.query_params[name] = kept[name]
    return kept.get(name, "")


def address(name: str, value: str) -> None:
    """Keep a value in the page's address under a name, or take an empty one out, so that a reload finds it."""
    st.session_state.setdefault("addressed", {})[name] = value
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def forget(token: str | None) -> None:
    """Drop a clip and all that was made of it."""
    if clip_of(token) is not None and token:
        store().forget(token)
