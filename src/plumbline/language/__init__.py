"""The language that is spoken: English texts are the keys, `data/locale` holds the other languages.

`uv run python -m plumbline.language nb` brings a catalogue up to date with the code and the tables.
"""

from plumbline.language._markup import texts_in_markup
from plumbline.language._words import (
    LANGUAGES,
    N_,
    VARIABLE,
    _,
    ask_for,
    current,
    day,
    fitting,
    ngettext,
    number,
    place,
    po_path,
    read_language,
    rows_of,
    say,
    speaking,
    weekdays,
)

__all__ = [
    "LANGUAGES",
    "N_",
    "VARIABLE",
    "_",
    "ask_for",
    "current",
    "day",
    "fitting",
    "ngettext",
    "number",
    "place",
    "po_path",
    "read_language",
    "rows_of",
    "say",
    "speaking",
    "texts_in_markup",
    "weekdays",
]
