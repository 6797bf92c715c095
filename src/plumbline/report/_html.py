"""One HTML file that opens offline: table, stills, plots, warnings."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from plumbline.analysis import Analysis
from plumbline.language import say
from plumbline.pages import page_template
from plumbline.report import _view
from plumbline.report._plots import curves_html, panels_of, plotly_script
from plumbline.report._schema import Report
from plumbline.report.letterhead import Letterhead


def report_html(
    report: Report, analysis: Analysis, stills: list[bytes], head: Letterhead | None = None
) -> Iterator[str]:
    """The report as one HTML text, in parts; every string from outside is escaped.

    Parameters
    ----------
    report : Report
    analysis : Analysis
    stills : list of bytes
        JPEG pictures of the first reps' key instants, in order.
    head : Letterhead, optional
        Whom it is of and from; without one the clip's name stands alone.

    Yields
    ------
    str
        The next part.
    """
    columns, rows = _view.rows(report)
    strip = [
        {
            "index": rep.index,
            "data": base64.b64encode(picture).decode("ascii"),
            "faults": ", ".join(say(v.label) for v in rep.verdicts if v.verdict == "fault"),
        }
        for rep, picture in zip(report.reps, stills, strict=False)
    ]
    return page_template("report.html.j2").generate(
        r=report,
        title=(head.athlete if head else "") or report.clip.name,
        from_whom=[head.line, report.clip.name if head.athlete else ""] if head else [],
        headline=_view.headline(report),
        columns=columns,
        rows=rows,
        legs=any(row["leg"] for row in rows),
        faults=_view.faults(report),
        nothing_wrong=_view.nothing_wrong(report),
        beside=_view.beside(report),
        strip=strip,
        strip_title=_view.strip_title(analysis.drill),
        plot=curves_html(analysis, panels_of(analysis)) if analysis.tracks.pose.found.any() else "",
        plotly_script=plotly_script,
        summary=_view.summary(report),
        sides=_view.left_and_right(report),
        standing=_view.standing(report),
        filmed=_view.filmed(report),
        withheld=_view.withheld(report),
    )
