"""Parts of pages that Streamlit does not have: a table of reps, two films on one clock, a voice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from plumbline.report import Report, table_of_reps

STATIC = Path(__file__).parent / "static"
# The film is taken to just after the foot has come down, where the line is drawn.
AFTER_S = 0.03


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


_rep_table = st.components.v2.component(
    "plumbline_rep_table", html='<div class="wrap"></div>', css=_read("rep_table.css"), js=_read("rep_table.js")
)
_pair = st.components.v2.component(
    "plumbline_pair",
    html=(
        '<div class="pair"><button type="button">▶ Play both</button>'
        '<select aria-label="Speed"><option value="1">full speed</option>'
        '<option value="0.5" selected>half speed</option><option value="0.25">quarter speed</option></select>'
        '<input type="range" aria-label="Time from touchdown"><output></output></div>'
    ),
    css=_read("pair.css"),
    js=_read("pair.js"),
)
_voice = st.components.v2.component(
    "plumbline_voice",
    html='<ul class="said" role="log" aria-label="Said" style="position:absolute;left:-10000px"></ul>',
    js=_read("voice.js"),
)
_camera = st.components.v2.component(
    "plumbline_camera",
    html='<div class="camera"><button type="button"></button><p class="problem" role="alert"></p></div>',
    css=_read("camera.css"),
    js=_read("camera.js"),
)


def rep_table(report: Report, chosen: int | None, film: str, slower: float, key: str) -> int | None:
    """Show the table of reps; the number of a rep that was just picked, else None.

    Parameters
    ----------
    report : Report
    chosen : int or None
        The rep that is set off.
    film : str
        Key of the container whose film is taken to a picked rep.
    slower : float
        Film time over real time, for slow-motion films.
    key : str
    """
    columns, rows = table_of_reps(report)
    seek_s = {r.index: r.seek_s for r in report.reps}
    data = {
        "columns": [c.heading for c in columns],
        "reps": [
            {
                "index": row["index"],
                "by_hand": row["by_hand"],
                "cells": row["cells"],
                "findings": [{"label": v.label, "verdict": v.verdict} for v in row["findings"]],
                "seek_s": (seek_s[row["index"]] + AFTER_S) * slower,
            }
            for row in rows
        ],
        "chosen": chosen,
        "film": film,
    }
    picked: Any = _rep_table(key=key, data=data, on_rep_change=lambda: None).rep
    return int(picked) if picked is not None else None


def pair(films: list[dict[str, Any]], before_s: float, after_s: float, key: str) -> None:
    """Controls that play two films together; each film has its `key` and its `zero_s`."""
    _pair(key=key, data={"films": films, "before": before_s, "after": after_s})


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
