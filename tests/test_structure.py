"""Measuring needs landmarks, no pictures, and each stage knows only those before it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import plumbline

SRC = Path(plumbline.__file__).parent
CORE = ("camera", "pose", "signals", "geometry", "contact", "reps", "metrics", "faults")


def imported(folder: Path) -> set[str]:
    """Folders of the project that the modules of one import from."""
    out = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("plumbline."):
                out.add((node.module or "").split(".")[1])
    return out - {folder.name}


@pytest.mark.parametrize("stage", CORE)
def test_a_stage_knows_only_those_before_it(stage: str) -> None:
    ahead = {p.parent.name for p in SRC.glob("*/__init__.py")} - set(CORE[: CORE.index(stage)]) - {"catalogue"}
    assert not imported(SRC / stage) & ahead


def test_measuring_loads_no_pictures() -> None:
    code = "import sys, plumbline.metrics, plumbline.faults; print({'cv2', 'av', 'mediapipe'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "set()"
