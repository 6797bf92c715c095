"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

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
OutOption = Annotated[Path, typer.Option("--out", help="Folder for the results.")]
ModelOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--model", help="full (default), lite, heavy, or a .task file."),
]
DecimalOption = Annotated[
    str, typer.Option("--csv-decimal", help="point, or comma for spreadsheets of countries that write 1,5.")
]
