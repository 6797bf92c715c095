"""The log as files: what other tools read, and what they write."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from plumbline.app._coach import coach
from plumbline.app._exports import decimal_sign
from plumbline.app._jobs import safe_name
from plumbline.app._local import date_input, today
from plumbline.app._words import error_markdown, escaped
from plumbline.catalogue import load_drills
from plumbline.errors import PlumblineError
from plumbline.language import _, ngettext
from plumbline.log import (
    TableDefaults,
    TrainingLog,
    drill_name,
    export_csv,
    export_json,
    export_parquet,
    import_json,
    import_table,
)
from plumbline.tables import with_decimal


def imported() -> None:
    """Say what was taken in just before: the box that took it is shut again."""
    if said := st.session_state.pop("imported", ""):
        st.success(said)


def exchange(log: TrainingLog) -> None:
    """The whole log to take away, and files to take in."""
    _export(log)
    _import(log)


def _export(log: TrainingLog) -> None:
    st.caption(escaped(_("The log is stored at {place}.", place=log.place)))
    if st.toggle(_("Prepare the files"), key="log_files"):
        st.download_button(_("Everything (JSON)"), export_json(log), "log.json", "application/json", on_click="ignore")
        table = "".join(with_decimal([export_csv(log)], decimal_sign("decimal_log")))
        st.download_button(_("A table (CSV)"), table, "log.csv", "text/csv", on_click="ignore")
        parquet = "application/vnd.apache.parquet"
        st.download_button(_("A table (Parquet)"), export_parquet(log), "log.parquet", parquet, on_click="ignore")


def _import(log: TrainingLog) -> None:
    given = st.file_uploader(
        _("An exported log (JSON), a roster, or another tool's jumps (CSV)"), type=["json", "csv"], key="log_given"
    )
    if given is None:
        return
    of_table = given.name.lower().endswith(".csv")
    names = {i: drill_name(i) for i, d in load_drills().items() if d.movement is not None}
    defaults = TableDefaults()
    if of_table:
        drill = st.selectbox(
            _("Drill, if the table does not name one"), list(names), None, format_func=names.__getitem__
        )
        on = date_input(st, _("Day, if the table has no dates"), today(), key="import_day")
        known = [a.name for a in log.athletes()]
        name = st.selectbox(_("Athlete, if the table has no names"), known, None, placeholder=_("nobody"))
        defaults = TableDefaults(drill, name, on)
    if not st.button(_("Import")):
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / safe_name(given.name)
        file.write_bytes(given.getvalue())
        try:
            came = import_table(log, file, defaults) if of_table else import_json(log, file, with_places=not coach())
        except PlumblineError as error:
            st.error(error_markdown(error).replace(escaped(str(file)), escaped(file.name)))
        else:
            people = ngettext("{n} athlete", "{n} athletes", came.athletes)
            sessions = ngettext("{n} session", "{n} sessions", came.sessions)
            said = f"{_('Imported')}: {people}, {sessions}. {came.left_out_said}"
            st.session_state["imported"] = said.strip()
            st.rerun()  # whoever has come stands on the page too
