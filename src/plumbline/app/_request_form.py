"""The form for what is known of a clip beforehand."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from plumbline.app._local import height_input, mass_input
from plumbline.app._session import drill_names
from plumbline.app._words import error_markdown
from plumbline.errors import PlumblineError
from plumbline.language import _
from plumbline.request import Request


def request_form(known: Request, key: str) -> Request | None:
    """Drill, height, body weight; None with a message where a value is not possible."""
    names = drill_names()
    ids = list(names)
    drill = st.selectbox(_("Drill"), ids, ids.index(known.drill), format_func=names.__getitem__, key=f"{key}_drill")
    a, b = st.columns(2)
    tall_m = height_input(
        a,
        known.height_m,
        help=_("Turns pixels into metres, and shows whether a film is slow motion."),
        key=f"{key}_height",
    )
    mass_kg = mass_input(b, known.mass_kg, help=_("Needed for stiffness in kN/m."), key=f"{key}_mass")
    try:
        return replace(known, drill=drill, height_m=tall_m, mass_kg=mass_kg)
    except PlumblineError as error:
        st.error(error_markdown(error))
        return None
