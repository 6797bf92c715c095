"""Numbers that are choices stand in the tables, each with its unit, range and origin, and none in the code."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

import plumbline
from plumbline.errors import SettingsError
from plumbline.resources import DATA, read_toml
from plumbline.settings import read_settings

SRC = Path(plumbline.__file__).parent
STAGES = (
    *("decoding", "video", "estimation", "camera", "pose", "signals", "geometry", "contact", "reps", "metrics"),
    *("faults", "warnings", "pipeline", "live"),
)
# No choices: halves and doubles, percent and degrees, guards against a division by nothing, and the normal
# distribution's sd of a median deviation (1.4826), its 95 % (1.96, 0.975).
PLAIN = {0.0, 0.5, 1.0, 2.0, 100.0, 180.0, 1e-9, 1.4826, 1.96, 0.975}
# Named numbers that are no choices: what a format, a formula or an index is.
FIXED = {
    "signals/_filters.py": {"ORDER", "DOUBLE_PASS"},  # Winter's filter
    "metrics/_joints.py": {"RATE_BANDWIDTH"},  # integrals of the low-pass's response
    "metrics/_series.py": {"NOISE_BANDWIDTH"},
    "estimation/_bundles.py": {"ASSEMBLY", "ZIP_EPOCH"},
    "estimation/_cache.py": {"VERSION", "FILM_DIGITS"},
    "estimation/_mediapipe.py": {"FAR_APART_MS"},  # switches its smoother off
    "estimation/_prune.py": {"MODEL_SUBGRAPHS", "SUBGRAPH_OUTPUTS", "SUBGRAPH_OPERATORS", "OPERATOR_INPUTS"}
    | {"OPERATOR_OUTPUTS", "WORD"},
    "pose/landmarks.py": {"TORSO"},
    "decoding/_wire.py": {"MAX_JSON", "MAX_BODY", "PIPE_BYTES", "SET_PIPE_SIZE"},  # of the pipe's messages
    "live/_calls.py": {"KEPT_CALLS"},
    "live/_company.py": {"GREY"},
    "live/_pace.py": {"PACE_FRAMES", "RATE_FRAMES"},
    "live/_words.py": {"BOARD_LINES"},
    "geometry/_floor.py": {"MEDIAN_ERROR"},
    "geometry/_mass_centre.py": {"G_M_S2", "SEGMENTS"},  # Winter's table
    "contact/_fit.py": {"RIDGE", "NEGLIGIBLE", "RULED_OUT"},  # of the arithmetic
    "contact/_flight.py": {"GRAVITY_PCT_BH"},
    "contact/_rate.py": {"CAPTURE_RATES", "DOUBLINGS"},  # what cameras offer
}


def bare_numbers(path: Path, root: Path = SRC) -> list[str]:
    """Floats in the code, and numbers under a name of the module's, that no table explains."""
    where = path.relative_to(root).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found, fixed = [], set[ast.AST]()
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            target = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target).strip("()")
            if set(target.split(", ")) <= FIXED.get(where, set()):
                fixed |= set(ast.walk(node))
            elif any(isinstance(n, ast.Constant) and type(n.value) in (int, float) for n in _plain_parts(node.value)):
                found.append(f"{where}:{node.lineno} {target}")
                fixed |= set(ast.walk(node))
    floats = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and type(n.value) is float and n not in fixed]
    return found + [f"{where}:{n.lineno} {n.value}" for n in floats if n.value not in PLAIN]


def _plain_parts(node: ast.AST) -> list[ast.AST]:
    """What a value is made of, but for what is called or looked up with it."""
    if isinstance(node, (ast.Call, ast.Subscript, ast.Dict)):
        return []
    return [node, *(part for child in ast.iter_child_nodes(node) for part in _plain_parts(child))]


@pytest.mark.parametrize("stage", STAGES)
def test_the_core_holds_no_bare_numbers(stage: str) -> None:
    found = [line for path in sorted((SRC / stage).glob("*.py")) for line in bare_numbers(path)]
    assert not found, "give each a row in data/settings: " + "; ".join(found)


def test_a_bare_number_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("LEAST, MOST = 3, 4.5\nNAMES = ('a', 'b')\n\ndef f(x=0.3):\n    return x * 0.5\n")
    assert bare_numbers(tmp_path / "a.py", tmp_path) == ["a.py:1 LEAST, MOST", "a.py:4 0.3"]


@pytest.mark.parametrize("table", sorted(p.stem for p in (DATA / "settings").glob("*.toml")))
def test_every_row_is_read_by_the_code(table: str) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SRC.rglob("*.py"))
    rows = read_toml(DATA / "settings" / f"{table}.toml")
    assert not [row for row in rows if not re.search(rf"\.{row}\b", code)]


@dataclass(frozen=True)
class Two:
    """A table of two rows."""

    gap_s: float
    rounds: int


GAP = 'gap_s = { value = 0.3, unit = "s", range = [0.1, 1], origin = "own choice: as an example" }\n'
ROUNDS = 'rounds = { value = 3, unit = "rounds", range = [1, 9], origin = "published: nowhere" }\n'


def test_a_table_is_read_with_its_kinds(tmp_path: Path) -> None:
    (tmp_path / "two.toml").write_text(GAP.replace("0.3", "1") + ROUNDS)
    read = read_settings(Two, "two", folder=tmp_path)
    assert (read.gap_s, type(read.gap_s), read.rounds, type(read.rounds)) == (1.0, float, 3, int)


def test_a_person_changes_a_row_within_its_range(tmp_path: Path) -> None:
    (tmp_path / "two.toml").write_text(GAP + ROUNDS)
    assert read_settings(Two, "two", {"rounds": {"value": 9}}, tmp_path) == Two(0.3, 9)
    with pytest.raises(SettingsError, match="two: 'rounds' is 10: choose a whole number from 1 to 9"):
        read_settings(Two, "two", {"rounds": {"value": 10}}, tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GAP, "two: there is no row 'rounds' in the table."),
        (GAP + ROUNDS + GAP.replace("gap_s", "pause_s"), "two: there is no row 'pause_s' in the code."),
        (GAP.replace("0.3", "1.1") + ROUNDS, "two: 'gap_s' is 1.1: choose a number from 0.1 to 1."),
        (GAP.replace("0.3", "nan") + ROUNDS, "two: 'gap_s' is nan: choose a number from 0.1 to 1."),
        (GAP.replace("0.3", "true") + ROUNDS, "two: 'gap_s' is True: choose a number from 0.1 to 1."),
        (GAP + ROUNDS.replace("3", "2.5"), "two: 'rounds' is 2.5: choose a whole number from 1 to 9."),
        (GAP.replace('unit = "s", ', "") + ROUNDS, "'gap_s' needs value, unit, range and origin, and nothing else."),
        (GAP.replace("own choice", "because") + ROUNDS, "an origin that begins with 'own' or 'published'."),
        (GAP.replace('"s"', '""') + ROUNDS, "two: 'gap_s' needs a unit"),
        ("gap_s = 0.3\n" + ROUNDS, "'gap_s' needs value, unit, range and origin, and nothing else."),
    ],
)
def test_what_is_wrong_with_a_table_is_said_in_a_line(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "two.toml").write_text(text)
    with pytest.raises(SettingsError) as refused:
        read_settings(Two, "two", folder=tmp_path)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
