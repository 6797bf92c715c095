"""Pages from the templates in `data`, in the language that is spoken; every string from outside is escaped."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from plumbline.language import _, current, day, ngettext, number, say
from plumbline.resources import DATA


def page_template(name: str, **options: Any) -> Template:
    """A template by its file's name; `options` are Jinja's own."""
    environment = Environment(loader=FileSystemLoader(DATA), autoescape=True, **options)
    environment.globals.update(_=_, say=say, ngettext=ngettext, number=number, day=day, language=current())
    return environment.get_template(name)
