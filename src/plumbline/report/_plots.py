"""Curves over time, contacts shaded, reps numbered: for HTML and the app (plotly), for PDF (matplotlib)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np

from plumbline.analysis import Analysis
from plumbline.arrays import FloatArray
from plumbline.geometry import PLUMB_JOINTS, knee_inwards_deg, thigh_seen, trunk_to_the_left_deg
from plumbline.language import N_, _, number, say
from plumbline.pose import SIDES

ACCENT, SHADE, CHOSEN = "#1f6fb2", "rgba(86,180,233,0.22)", "rgba(230,159,0,0.25)"
GRID, INK = "rgba(128,128,128,0.25)", "#77808b"
# Told apart by colour-blind eyes (Okabe & Ito 2008), and by their dashes.
JOINT_LINES = (("#0072b2", "solid"), ("#d55e00", "dash"), ("#009e73", "dashdot"), ("#cc79a7", "dot"))

KNEES = {"left": N_("Left knee"), "right": N_("Right knee")}
JOINTS = {"ear": N_("Ear"), "shoulder": N_("Shoulder"), "hip": N_("Hip"), "knee": N_("Knee")}

MATPLOTLIB_DASH = {"solid": "-", "dash": "--", "dashdot": "-.", "dot": ":"}


@dataclass(frozen=True)
class Panel:
    """One diagram: its axis title, and its lines (n,) by name."""

    title: str
    lines: dict[str, FloatArray]


def panels_of(analysis: Analysis) -> list[Panel]:
    """What the view of `analysis` shows over time.

    From the side: knee flexion and its velocity of the near leg, and how far each joint of
    the line is ahead of the ankle. From the front: both knees inwards while the thigh is seen,
    and the trunk to the side.
    """
    tracks = analysis.tracks
    if analysis.drill is not None and analysis.drill.measured.view == "front":
        xy = tracks.pose.xy
        knees = {say(KNEES[side]): np.where(thigh_seen(xy, side), knee_inwards_deg(xy, side), np.nan) for side in SIDES}
        return [
            Panel(_("Knee inwards, °"), knees),
            Panel(_("Trunk to the left, °"), {_("Trunk"): trunk_to_the_left_deg(xy)}),
        ]
    near, offsets = tracks.near, tracks.offsets_pct_bh
    return [
        Panel(_("Knee flexion, °"), {_("Knee flexion"): near.knee_flexion_deg}),
        Panel(_("Knee velocity, °/s"), {_("Knee velocity"): near.knee_velocity_deg_s}),
        Panel(_("Forward of ankle, %BH"), {say(JOINTS[j]): offsets[:, i] for i, j in enumerate(PLUMB_JOINTS[:-1])}),
    ]


def curves(analysis: Analysis, panels: list[Panel], chosen: int | None = None) -> Any:
    """A plotly figure; a marker on each rep's key instant can be picked.

    Parameters
    ----------
    analysis : Analysis
    panels : list of Panel
        From top to bottom, on one clock.
    chosen : int, optional
        Number of the rep to set off.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    import plotly.graph_objects as go
    from plotly.subplots import make_subplots

    t = np.round(analysis.tracks.time_s, 4)
    figure = make_subplots(rows=len(panels), cols=1, shared_xaxes=True, vertical_spacing=0.06)
    for row, panel in enumerate(panels, start=1):
        many = len(panel.lines) > 1
        for (name, values), (colour, dash) in zip(panel.lines.items(), JOINT_LINES, strict=False):
            y = [None if not np.isfinite(v) else round(float(v), 1) for v in values]
            line = {"color": colour if many else ACCENT, "width": 2, "dash": dash if many else "solid"}
            trace = go.Scatter(x=t, y=y, mode="lines", name=name, line=line, showlegend=many)
            figure.add_trace(trace, row=row, col=1)
        figure.update_yaxes(title_text=panel.title, row=row, col=1, gridcolor=GRID, zerolinecolor=GRID)
    _mark_reps(figure, analysis, panels[0], t)
    shaded = [_band(start, end, SHADE) for start, end in analysis.contact_spans]
    shaded += [_band(m.rep.start_s, m.rep.end_s, CHOSEN) for m in analysis.reps if m.rep.index == chosen]
    # All at once: a call for each looks at all that are there already.
    figure.update_layout(shapes=shaded + [_dotted(m.rep.key_s) for m in analysis.reps])
    figure.update_xaxes(gridcolor=GRID)
    figure.update_xaxes(title_text=_("Time, s"), row=len(panels), col=1)
    figure.update_layout(
        autosize=True,
        height=90 + 185 * len(panels),
        margin={"l": 60, "r": 16, "t": 28, "b": 44},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": INK},
        hovermode="x unified",
        separators=number(0.1, ".1f")[1] + " ",
        legend={"orientation": "h", "y": -0.14},
    )
    return figure


def _band(start_s: float, end_s: float, colour: str) -> dict[str, Any]:
    """A stretch of time, shaded through all panels."""
    across = {"type": "rect", "xref": "x", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    return {**across, "x0": start_s, "x1": end_s, "fillcolor": colour, "line": {"width": 0}}


def _dotted(time_s: float) -> dict[str, Any]:
    """An instant, as a line through all panels."""
    line = {"color": "rgba(128,128,128,0.6)", "width": 1, "dash": "dot"}
    return {"type": "line", "xref": "x", "yref": "paper", "y0": 0, "y1": 1, "x0": time_s, "x1": time_s, "line": line}


def _mark_reps(figure: Any, analysis: Analysis, panel: Panel, t: FloatArray) -> None:
    """A numbered dot on the first panel's line at each key instant."""
    import plotly.graph_objects as go

    first = next(iter(panel.lines.values()))
    keys, seen = [m.rep.key_s for m in analysis.reps], np.isfinite(first)
    dots = go.Scatter(
        x=keys,
        y=np.interp(keys, t[seen], first[seen]).round(1) if seen.any() else np.zeros(len(keys)),
        mode="markers+text",
        cliponaxis=False,  # the number of a rep at the top of the panel stands above it
        text=[str(m.rep.index) for m in analysis.reps],
        customdata=[m.rep.index for m in analysis.reps],
        textposition="top center",
        textfont={"size": 13, "color": INK, "weight": 700},
        marker={"color": ACCENT, "size": 9, "line": {"color": "white", "width": 1}},
        name=_("Rep"),
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_trace(dots, row=1, col=1)


def curves_html(analysis: Analysis, panels: list[Panel]) -> str:
    """The figure as a div for a page that carries `plotly_script`."""
    figure = curves(analysis, panels)
    html: str = figure.to_html(
        full_html=False, include_plotlyjs=False, config={"displayModeBar": False, "responsive": True}
    )
    return html


def plotly_script() -> str:
    """The library that draws figures in the browser, as JavaScript."""
    from plotly.offline import get_plotlyjs

    script: str = get_plotlyjs()
    return script


def curves_png(analysis: Analysis, panels: list[Panel]) -> bytes:
    """The same as a picture for print."""
    from matplotlib.figure import Figure

    t = analysis.tracks.time_s
    figure = Figure(figsize=(9, 1.9 * len(panels)), layout="constrained")
    axes = np.atleast_1d(figure.subplots(len(panels), 1, sharex=True))
    for axis, panel in zip(axes, panels, strict=True):
        for (name, values), (colour, dash) in zip(panel.lines.items(), JOINT_LINES, strict=False):
            many = len(panel.lines) > 1
            axis.plot(t, values, color=colour if many else ACCENT, linestyle=MATPLOTLIB_DASH[dash], label=name)
        for start, end in analysis.contact_spans:
            axis.axvspan(start, end, color="#56b4e9", alpha=0.22, linewidth=0)
        axis.set_ylabel(panel.title)
        axis.grid(alpha=0.3)
        if len(panel.lines) > 1:
            axis.legend(ncols=4, fontsize=8, loc="upper right")
    for m in analysis.reps:
        axes[0].annotate(str(m.rep.index), (m.rep.key_s, 1.02), xycoords=("data", "axes fraction"), ha="center")
    axes[-1].set_xlabel(_("Time, s"))
    out = BytesIO()
    figure.savefig(out, dpi=160)
    return out.getvalue()
