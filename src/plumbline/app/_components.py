"""Parts of pages that Streamlit does not have: player, cues, table of reps, two films on one clock, angle, voice."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from plumbline.language import _, current, say, texts_in_markup
from plumbline.report import (
    MARKED,
    Report,
    RepOut,
    faults_judged,
    faults_of_clip,
    findings_of_rep,
    marked,
    no_findings,
    nothing_wrong,
    table_of_reps,
)

STATIC = Path(__file__).parent / "static"
# A text in a script, as JSON.
SAID = re.compile(r'\bN?_\(("(?:[^"\\]|\\.)*")')


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


class _Component:
    """A part of a page: markup, looks and script of one name in `static`, with the words that they say."""

    def __init__(self, name: str, html: str = "") -> None:
        markup = html or _read(f"{name}.html")
        script = _read(f"{name}.js")
        css = _read(f"{name}.css") if (STATIC / f"{name}.css").exists() else None
        self._name = f"plumbline_{name}"
        self._html, self._css, self._js = markup, css, _read("say.js") + script
        self._texts = (*texts_in_markup(markup), *(json.loads(text) for text in SAID.findall(script)))

    def __call__(self, key: str, data: dict[str, Any], **callbacks: Any) -> Any:
        words = {} if current() == "en" else {text: say(text) for text in self._texts}
        # Declared anew in each run, as a script would: a server that began later knows no other's components.
        mount = st.components.v2.component(self._name, html=self._html, css=self._css, js=self._js)
        return mount(key=key, data={**data, "words": words, "language": current()}, **callbacks)


_player = _Component("player")
_cues = _Component("cues", '<div class="cues"></div>')
_rep_table = _Component("rep_table")
_people = _Component("people", '<div class="people"></div>')
_pair = _Component("pair")
_angle = _Component(
    "angle",
    '<div class="angle"><div class="board"><img draggable="false"><svg aria-hidden="true">'
    '<line class="under"/><line class="under"/><line/><line/></svg>'
    + 3 * '<button type="button"></button>'
    + '</div><output aria-live="polite"></output></div>',
)
_nudge = _Component("nudge")
_instant = _Component("instant", '<div class="instants"></div>')
_names = _Component("names", "<span></span>")
_voice = _Component("voice")
_camera = _Component(
    "camera", '<div class="camera"><button type="button"></button><p class="problem" role="alert"></p></div>'
)


def _picked(component: Any, data: dict[str, Any], key: str) -> int | None:
    """Mount a component; the number of the rep that was just picked in it, else None."""
    rep: Any = component(key=key, data=data, on_rep_change=lambda: None).rep
    return int(rep) if rep is not None else None


def _worst(rep: RepOut, of_set: frozenset[str]) -> tuple[str, str]:
    """The worst verdict on a rep, and its findings in words."""
    found = findings_of_rep(rep)
    if not found:
        none = no_findings(rep, of_set)
        return none["tone"], none["words"]
    return found[0].verdict, ", ".join(say(v.label).lower() for v in found)


def player(report: Report, times_s: Sequence[float], chosen: int | None, picked: bool, key: str) -> int | None:
    """Controls of the film shown in the container `film_<key>`; the number of a rep just picked, else None.

    Parameters
    ----------
    report : Report
    times_s : sequence of float
        Presentation time of each frame of the clip, on the report's clock.
    chosen : int or None
        The rep that is set off.
    picked : bool
        Whether the rep was picked by the user.
    key : str
    """

    def at(time_s: float | None) -> float | None:
        return None if time_s is None else round(report.clip.film_s(time_s), 4)

    reps, of_set = [], faults_judged(report)
    for r in report.reps:
        verdict, words = _worst(r, of_set)
        places = {"start": r.start_s, "end": r.end_s, "touchdown": r.touchdown_s, "toe_off": r.toe_off_s}
        places["seek"] = r.seek_s
        reps.append({"index": r.index, "verdict": verdict, "words": words, **{k: at(t) for k, t in places.items()}})
    data = {
        "film": f"film_{key}",
        "name": _("Film of {name}", name=report.clip.name),
        "times": [at(t) for t in times_s],
        "real": [round(t, 4) for t in times_s],
        "frame_s": 1 / report.clip.container_fps,
        "reps": reps,
        "chosen": chosen,
        "picked": picked,
        "seek": next((r["seek"] for r in reps if r["index"] == chosen), 0),
    }
    return _picked(_player, data, f"player_{key}")


def cues(report: Report, first: int, key: str) -> int | None:
    """The `first` things that matter most, the others folded; the number of a rep just picked, else None."""
    found = [{k: f[k] for k in ("label", "message", "cue", "on", "number")} for f in faults_of_clip(report)]
    data = {"first": found[:first], "more": found[first:], "reps": len(report.reps), "film": f"film_{key}"}
    data["nothing"] = nothing_wrong(report)
    data["beside"] = [
        {"words": say(words), "of": [{"label": label, "on": on} for label, on in some]}
        for verdict, words in MARKED.items()
        if (some := marked(report, verdict))
    ]
    return _picked(_cues, data, f"cues_{key}")


def rep_table(report: Report, chosen: int | None, key: str) -> int | None:
    """Show the table of reps; the number of the rep that was just picked, else None."""
    columns, rows = table_of_reps(report)
    data = {
        "columns": [c.heading for c in columns],
        "legs": any(row["leg"] for row in rows),
        "reps": [
            {**row, "findings": [{"label": say(v.label), "verdict": v.verdict} for v in row["findings"]]}
            for row in rows
        ],
        "chosen": chosen,
        "film": f"film_{key}",
    }
    return _picked(_rep_table, data, f"reps_{key}")


def people(picture: str, boxes: Mapping[int, tuple[float, float, float, float]], chosen: int, key: str) -> int | None:
    """A picture (its address) with a button on each person's box; the number of who was just picked, else None."""
    data = {"picture": picture, "boxes": [[number, *box] for number, box in boxes.items()], "chosen": chosen}
    person: Any = _people(key=key, data=data, on_person_change=lambda: None).person
    return int(person) if person is not None else None


def angle(picture: bytes, name: str, key: str) -> None:
    """A still (JPEG) on which an angle is measured by hand; `name` says which."""
    _angle(key=key, data={"picture": f"data:image/jpeg;base64,{b64encode(picture).decode()}", "name": name})


def pair(films: list[dict[str, Any]], before_s: float, after_s: float, key: str) -> None:
    """Controls that play two films together; each has its `key` and its `way`: its own time by that from touchdown."""
    _pair(key=key, data={"films": films, "before": before_s, "after": after_s})


def nudge(state: str, key: str) -> int:
    """Buttons and keys that move an event: by how many frames just now, 0 for not at all.

    Parameters
    ----------
    state : str
        Changes with what is measured: until it does, clicks are gathered for the next move.
    key : str
    """
    move: Any = _nudge(key=key, data={"state": state}, on_move_change=lambda: None).move
    if not move or move["at"] <= st.session_state.get(f"{key}_at", 0):  # none, or one that was sent twice
        return 0
    st.session_state[f"{key}_at"] = move["at"]
    return int(move["frames"])


def instant(events: Mapping[str, str], film: str, key: str) -> tuple[str, float] | None:
    """Buttons that take the instant at which a film stands: the event and its time just now, else None.

    Parameters
    ----------
    events : mapping of str to str
        What may be taken, and what it is called.
    film : str
        Key of the film's player, as given to `player`.
    key : str
    """
    named = [{"name": name, "words": words} for name, words in events.items()]
    taken: Any = _instant(key=key, data={"film": f"film_{film}", "events": named}, on_taken_change=lambda: None).taken
    return (taken["event"], float(taken["time_s"])) if taken else None


def names() -> None:
    """Give names to what Streamlit leaves without any, for those who hear the page; once on each page."""
    _names("names", {})


def camera_button(playing: bool, size: tuple[int, int]) -> str:
    """The button that starts and stops the camera: "start" or "stop" once as it was pressed, else empty.

    The browser is asked for the camera first; what it says against it stands under the button.
    """
    pressed: Any = _camera(key="camera", data={"playing": playing, "size": size}, on_press_change=lambda: None).press
    return str(pressed or "")


def voice(session: str, calls: list[dict[str, Any]], how: str, *, beat: int, counting: bool) -> None:
    """Speak ("voice"), signal ("tones") or write only ("silent") each new call, one after the other.

    Parameters
    ----------
    session : str
        Calls of another session are all new.
    calls : list of dict
        Each with its `id`, `words` and `outcome`.
    how : str
    beat : int
        Beats per minute of the metronome, 0 for none.
    counting : bool
        The metronome beats only while reps are counted.
    """
    _voice(
        key="voice",
        data={"session": session, "calls": calls, "how": how, "beat": beat, "counting": counting, "awake": True},
    )
