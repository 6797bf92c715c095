"""The clip over time, and in means: curves, numbers, how it was filmed, what could not be measured."""

from __future__ import annotations

import streamlit as st

from plumbline.app._clip import ClipJob
from plumbline.app._results import chosen_rep, pick
from plumbline.app._words import escaped, table
from plumbline.language import _
from plumbline.report import curves, how_filmed, left_and_right, panels_of, table_of_metrics, withheld


def curves_of(job: ClipJob) -> None:
    """The clip over time; a click on a numbered dot picks that rep."""
    analysis = job.analysis
    if analysis is None or not analysis.tracks.pose.found.any():
        st.info(_("No person was found, so there are no curves."))
        return
    figure = curves(analysis, panels_of(analysis), chosen_rep(job))
    event = st.plotly_chart(
        figure,
        key=f"curves_{job.token}_{job.version}",
        on_select="rerun",
        selection_mode="points",
        theme=None,
        config={"displayModeBar": False},
    )
    said = [_("Blue: foot on the floor.")] if analysis.contact_spans else []
    said += [_("Numbered dots: the reps; pick one, it is shaded in yellow.")] if analysis.reps else []
    said += [_("Knee: the near leg.")] if analysis.tracks.camera.view != "front" else []
    st.caption(" ".join(said))
    picked = [p["customdata"] for p in event.selection.points if p.get("customdata")]  # type: ignore[attr-defined]
    if picked:
        rep = picked[0][0] if isinstance(picked[0], list) else picked[0]
        if int(rep) != chosen_rep(job):
            pick(job, int(rep))
            st.rerun()


def numbers(job: ClipJob) -> None:
    """Means with their intervals, how it was filmed, and what could not be measured."""
    assert job.report is not None
    lines = table_of_metrics(job.report)
    if lines:
        table(
            [
                {
                    _("Column"): s["short"],
                    _("Mean"): s["mean"],
                    _("95 % interval of the mean"): s["interval"],
                    _("Spread (sd)"): s["sd"],
                    _("Reps"): s["n"],
                    _("Metric"): s["label"],
                }
                for s in lines
            ]
        )
    sides = left_and_right(job.report)
    if sides:
        st.markdown(_("**Left against right**"))
        rows = [{_("Metric"): s["label"], _("Left"): s["left"], _("Right"): s["right"]} for s in sides]
        table(rows)
    st.markdown(_("**How it was filmed**"))
    st.markdown("\n".join(f"- {f['what']}: {escaped(f['words'])}" for f in how_filmed(job.report)))
    if withheld(job.report):
        st.markdown(_("**Not measured**"))
        st.markdown("\n".join(f"- {name}: {escaped(why)}." for name, why in withheld(job.report)))
