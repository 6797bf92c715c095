"""How to film, in pictures."""

from __future__ import annotations

import base64

import streamlit as st

from plumbline.language import N_, _, say

INK = "#78828e"

FIGURE = (
    '<g stroke="currentColor" stroke-width="3" fill="none" stroke-linecap="round">'
    '<circle cx="{x}" cy="22" r="8"/><path d="M{x} 31v33M{x} 40l10 14M{x} 64l7 18-4 18h9M{x} 64l-6 18-5 17h9"/></g>'
)
PHONE = '<rect x="{x}" y="{y}" width="12" height="22" rx="2.5" fill="none" stroke="#1f6fb2" stroke-width="3"/>'
FLOOR = '<path d="M8 102h184" stroke="currentColor" stroke-width="1.5" opacity=".5"/>'
SIGHT = '<path d="{d}" stroke="#1f6fb2" stroke-width="1.6" stroke-dasharray="4 4" fill="none"/>'

PICTURES = (
    (
        # From above: the path of the runner, and the phone square to it.
        '<path d="M20 34h150m-12-7 12 7-12 7" stroke="currentColor" stroke-width="3" fill="none"/>'
        '<circle cx="92" cy="34" r="9" fill="currentColor"/>'
        + SIGHT.format(d="M92 92 40 36M92 92l52-56M92 92V48")
        + '<rect x="81" y="92" width="22" height="9" rx="2.5" fill="none" stroke="#1f6fb2" stroke-width="3"/>',
        N_("<b>Side-on.</b> The phone square to the way the athlete faces, 3 to 6 m off."),
    ),
    (
        FLOOR + FIGURE.format(x=140) + PHONE.format(x=26, y=53) + SIGHT.format(d="M42 64h90"),
        N_("<b>Hip height, still.</b> On a tripod, a bag, a bench. A second of quiet standing first."),
    ),
    (
        '<rect x="52" y="4" width="96" height="110" rx="4" fill="none" stroke="#1f6fb2" stroke-width="3"/>'
        + FLOOR
        + '<g transform="translate(0 6) scale(1 .93)">'
        + FIGURE.format(x=100)
        + "</g>",
        N_("<b>The whole body</b> with room over the head, and the floor under the feet, also in the air."),
    ),
    (
        '<g text-anchor="middle" font-family="sans-serif" fill="currentColor">'
        '<text x="100" y="62" font-size="46" font-weight="700">60</text>'
        '<text x="100" y="88" font-size="16">{rate}</text></g>',
        N_("<b>60 or more.</b> At 30, contact times are rough. Slow motion of 120 or 240 is best."),
    ),
    (
        FLOOR + FIGURE.format(x=100) + '<circle cx="112" cy="98" r="11" fill="none" stroke="#1f6fb2" stroke-width="3"/>'
        '<path d="M150 72l-26 20m0-10v10h10" stroke="#1f6fb2" stroke-width="3" fill="none"/>',
        N_("<b>The working leg</b> on the camera's side, in hops on one leg."),
    ),
)


def pictures() -> None:
    """The guide as a row of pictures."""
    figures = "".join(
        f'<figure><img alt="" src="{_as_image(drawing)}"><figcaption>{say(words)}</figcaption></figure>'
        for drawing, words in PICTURES
    )
    st.html(f'<div class="guide">{figures}</div>')


def _as_image(drawing: str) -> str:
    """A drawing as an address that holds it; grey reads on light and dark pages."""
    drawing = drawing.replace("{rate}", _("frames per second"))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 120">{drawing}</svg>'
    data = base64.b64encode(svg.replace("currentColor", INK).encode()).decode("ascii")
    return f"data:image/svg+xml;base64,{data}"


def page() -> None:
    """The guide with what it is good for."""
    st.title(_("How to film"))
    pictures()
    told = (
        _(
            "**Light and clothes**: the hip, knee and ankle must be visible; dark legs against a dark wall are hard "
            "to read."
        ),
        _("Keep **one athlete** in the picture if you can. Others may walk through; they are told apart."),
        _("**Upright edges** behind, a door frame or a post, show how the phone was turned."),
        _("**A moving camera** is followed where the background has detail; a still one is better."),
        _(
            "**Height** turns pixels into metres and shows whether a film is slow motion: "
            "give it under *Athlete and drill*."
        ),
    )
    st.markdown("\n".join(f"- {line}" for line in told))
