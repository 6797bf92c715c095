"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from plumbline.errors import SettingsError


def folder(words: str | Path) -> Path:
    """A folder by its path; an empty one, as of a variable that is not set, is not taken for the current folder.

    Raises
    ------
    SettingsError
        When it is empty.
    """
    if not str(words).strip():
        raise SettingsError("the folder for the results has no name: give --out a path, or . for this folder.")
    return Path(words)


# typer reads annotations at run time, where Python 3.10 needs Optional spelled out.
StoreOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--store", help="The log's file or database URL; else PLUMBLINE_LOG, else your data folder."),
]
LimitsOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--limits", help="Your own TOML file; single rows override Plumbline's."),
]
DrillOption = Annotated[str, typer.Option(help="auto, or the drill's id (plumbline drills lists them).")]
OutOption = Annotated[Path, typer.Option("--out", parser=folder, metavar="FOLDER", help="Folder for the results.")]
ModelOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--model", help="full (default), lite, heavy, or a .task file."),
]
DecimalOption = Annotated[
    str, typer.Option("--csv-decimal", help="point, or comma for spreadsheets of countries that write 1,5.")
]
