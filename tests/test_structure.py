"""Measuring needs landmarks, no pictures, and each stage knows only those before it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import plumbline

SRC = Path(plumbline.__file__).parent
CORE = ("camera", "pose", "signals", "geometry", "contact", "reps", "metrics", "faults", "warnings")
# Modules beside the folders that know of the whole, or of what is drawn and written.
LATE = {"analysis", "results", "forget", "pages"}


def imported_by(code: str) -> set[str]:
    """Folders and modules of the project that a module's code imports, in whichever way."""
    out = set()
    for node in ast.walk(ast.parse(code)):
        names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{name}" for name in names]
        out |= {name.split(".")[1] for name in names if name.startswith("plumbline.")}
    return out


def imported(folder: Path) -> set[str]:
    """Folders and modules of the project that the modules of a folder import."""
    found = (imported_by(path.read_text(encoding="utf-8")) for path in folder.glob("*.py"))
    return set().union(*found) - {folder.name}


def test_every_way_to_import_is_seen() -> None:
    code = "import plumbline.report\nfrom plumbline import app\nfrom plumbline.results import documents\nimport numpy"
    assert imported_by(code) == {"report", "app", "results"}


@pytest.mark.parametrize("stage", CORE)
def test_a_stage_knows_only_those_before_it(stage: str) -> None:
    before = {*CORE[: CORE.index(stage)], "catalogue"}
    ahead = ({p.parent.name for p in SRC.glob("*/__init__.py")} | LATE) - before
    words = {"language"} if stage == "warnings" else set()  # it marks what is to be translated
    assert not (imported(SRC / stage) - words) & ahead


def test_measuring_loads_no_pictures() -> None:
    stages = "plumbline.metrics, plumbline.faults, plumbline.warnings"
    code = f"import sys, {stages}; print({{'cv2', 'av', 'mediapipe'}} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "set()"
