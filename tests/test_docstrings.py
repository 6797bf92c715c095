"""Every name that a package exports says what it takes and gives: shapes, units, errors.

A function has the numpy sections Parameters, Returns (or Yields) and Raises; one of at most one parameter may say
the same in prose, with the parameter in backticks. Arrays have a shape, such as (n, 2). Numbers have a unit, in
their name or in words. A dataclass has the section Attributes, or a string beneath each field.
"""

from __future__ import annotations

import ast
import builtins
import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from plumbline import errors

ROOT = Path(__file__).parents[1]
SECTIONS = ("Parameters", "Attributes", "Returns", "Yields", "Raises", "References", "Notes", "Examples")
UNITS = {"s", "ms", "px", "m", "kg", "hz", "fps", "deg", "pct", "bh", "days", "weeks", "ratio", "share", "factor"}
UNIT_WORDS = re.compile(
    r"%|°|²|(?<![\w'])(s|ms|px|m|cm|kg|N|kN|Hz|fps|MB|rad|(?i:deg(rees)?|seconds?|minutes?|days?|frames?|levels?|bytes|shares?"
    r"|ratio|times|factors?|probabilit(y|ies)|0 to 1|scores?|counts?|how often|units?))\b"
)
SHAPE = re.compile(r"\((\.\.\.(,[^()]*)?|[a-z0-9]{1,3}( [*/] \w+)*,[^()]*)\)")
PUBLIC_ERRORS = {n for module in (builtins, errors) for n, kind in vars(module).items() if isinstance(kind, type)}
Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.ClassDef | Function


@dataclass
class Doc:
    """A docstring, parted: the prose, and of each section what each entry says."""

    prose: str
    sections: dict[str, dict[str, str]] = field(default_factory=dict)

    def entries(self, *heads: str) -> dict[str, str]:
        return {name: said for head in heads for name, said in self.sections.get(head, {}).items()}


def doc_of(node: Documented) -> Doc:
    """A numpy docstring, parted; `a, b : int` is an entry for both."""
    lines = (ast.get_docstring(node) or "").splitlines()
    heads = [i for i, (line, under) in enumerate(itertools.pairwise(lines)) if line in SECTIONS and set(under) == {"-"}]
    doc = Doc("\n".join(lines[: heads[0]] if heads else lines).strip())
    for head, end in itertools.pairwise([*heads, len(lines)]):
        entries: dict[str, str] = {}
        names: list[str] = []
        for line in lines[head + 2 : end]:
            if line and not line.startswith(" "):
                first, _, kind = line.partition(" : ")
                names = [name.lstrip("*") for name in (first.split(", ") if kind else [first])]
                entries |= dict.fromkeys(names, kind or first)
            else:
                entries |= {name: f"{entries[name]}\n{line.strip()}" for name in names}
        doc.sections[lines[head]] = entries
    return doc


def is_array(kind: str) -> bool:
    return bool(re.search(r"(Array|ndarray|Image)\b", kind)) and "Callable" not in kind


def faults_of_value(name: str, kind: str, words: str) -> list[str]:
    """What is not said of one value: an array's shape, a measured number's unit."""
    found = [f"{name}: shape"] if is_array(kind) and not SHAPE.search(words) else []
    measured = re.fullmatch(r"(float|FloatArray|Array)( \| None)?", kind)
    if measured and not UNITS & set(name.lower().split("_")) and not UNIT_WORDS.search(SHAPE.sub("", words)):
        found.append(f"{name}: unit")
    return found


def faults_of_entries(entries: dict[str, str], wanted: dict[str, str]) -> list[str]:
    found = [name for name in wanted if name not in entries]
    for name in wanted.keys() & entries.keys():
        found += faults_of_value(name, wanted[name], entries[name])
    return found


def parameters(node: Function) -> dict[str, str]:
    """Name and type of what is passed in."""
    spec = node.args
    every = [*spec.posonlyargs, *spec.args, spec.vararg, *spec.kwonlyargs, spec.kwarg]
    named = [a for a in every if a is not None and a.arg not in {"self", "cls"} and not a.arg.startswith("_")]
    return {a.arg: ast.unparse(a.annotation) if a.annotation else "" for a in named}


def not_said_to_raise(node: Function, doc: Doc) -> list[str]:
    """Errors that the function raises itself; private ones are turned into others before they reach anybody."""
    calls = [n.exc for n in ast.walk(node) if isinstance(n, ast.Raise) and n.exc is not None]
    names = {ast.unparse(c.func if isinstance(c, ast.Call) else c) for c in calls}
    return [f"raises {name}" for name in sorted(names & PUBLIC_ERRORS - set(doc.entries("Raises")))]


def faults_of_function(node: Function) -> list[str]:
    """What a function's docstring leaves out."""
    doc, takes = doc_of(node), parameters(node)
    gives = ast.unparse(node.returns) if node.returns else "None"
    if not doc.prose:
        return ["docstring"]
    found = not_said_to_raise(node, doc)
    if len(takes) <= 1 and not set(doc.sections) & {"Parameters", "Returns", "Yields"}:
        found += [name for name in takes if f"`{name}`" not in doc.prose]
        arrays = sum(is_array(kind) for kind in (*takes.values(), gives))
        found += ["shape"] if len(SHAPE.findall(doc.prose)) < arrays else []
        return found + [f for f in faults_of_value(node.name, gives, doc.prose) if f.endswith("unit")]
    entries = doc.entries("Parameters")
    found += faults_of_entries(entries, takes) + [f"no {name}" for name in entries if name not in takes]
    if gives in {"None", "NoReturn"} or any("property" in ast.unparse(d) for d in node.decorator_list):
        return found
    given = "\n".join(f"{name}\n{words}" for name, words in doc.entries("Returns", "Yields").items())
    return found + (faults_of_value(node.name, gives, given) if given else ["returns"])


def beneath(node: ast.ClassDef) -> dict[str, str]:
    """Fields with a string beneath them, which pydantic hands on to the JSON schema."""
    return {
        ast.unparse(a.target): str(b.value.value)
        for a, b in itertools.pairwise(node.body)
        if isinstance(a, ast.AnnAssign) and isinstance(b, ast.Expr) and isinstance(b.value, ast.Constant)
    }


def faults_of_class(node: ast.ClassDef) -> list[str]:
    """What the docstrings of a class and its public methods leave out."""
    doc = doc_of(node)
    if not doc.prose:
        return ["docstring"]
    own = {ast.unparse(n.target): ast.unparse(n.annotation) for n in node.body if isinstance(n, ast.AnnAssign)}
    own = {name: kind for name, kind in own.items() if not name.startswith("_") and "ClassVar" not in kind}
    methods = [n for n in node.body if isinstance(n, Function)]
    entries = doc.entries("Attributes")
    found = faults_of_entries(entries | beneath(node), own)
    found += [f"no {name}" for name in entries if name not in {*own, *(m.name for m in methods)}]
    for method in methods:
        if method.name == "__init__":
            found += faults_of_entries(doc.entries("Parameters"), parameters(method))
        if method.name in {"__init__", "__post_init__", "__enter__"}:
            found += not_said_to_raise(method, doc)
        elif not method.name.startswith("_"):
            found += [f"{method.name}({fault})" for fault in faults_of_function(method)]
    return found


def definitions(path: Path) -> dict[str, Documented]:
    return {n.name: n for n in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(n, Documented)}


def exported(package: str) -> dict[str, Documented]:
    """What a package's `__all__` names, where it is defined; of a module every public name."""
    here = ROOT / "src" / "plumbline" / package
    if not here.is_dir():
        return {k: n for k, n in definitions(here.with_suffix(".py")).items() if not k.startswith("_")}
    tree = ast.parse((here / "__init__.py").read_text(encoding="utf-8"))
    lists = [n.value for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "__all__"]
    found = definitions(here / "__init__.py")
    for line in tree.body:
        if isinstance(line, ast.ImportFrom) and (line.module or "").startswith("plumbline"):
            path = ROOT.joinpath("src", *str(line.module).split("."))
            path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            wanted = {alias.name for alias in line.names}
            found |= {name: node for name, node in definitions(path).items() if name in wanted}
    named = set(ast.literal_eval(lists[0])) if lists else set()
    return {name: node for name, node in found.items() if name in named}


def left_out(package: str) -> dict[str, list[str]]:
    said = {
        name: faults_of_class(node) if isinstance(node, ast.ClassDef) else faults_of_function(node)
        for name, node in exported(package).items()
    }
    return {name: faults for name, faults in said.items() if faults}


FACES = {"app", "cli"}  # pages and commands: nobody calls them from Python
PACKAGES = {p.parent.name for p in ROOT.glob("src/plumbline/*/__init__.py")} - FACES
REFERENCE = {
    name
    for page in ROOT.glob("docs/reference/*.md")
    for name in re.findall(r"^::: plumbline\.(\w+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize("package", sorted(PACKAGES | REFERENCE))
def test_every_exported_name_says_what_it_takes_and_gives(package: str) -> None:
    assert left_out(package) == {}


WHOLE = '''
def lean(lower: FloatArray, forward: int) -> FloatArray:
    """Inclination of a segment.

    Parameters
    ----------
    lower : (n, 2)
        px.
    forward : int

    Returns
    -------
    (n,)
        Degrees.

    Raises
    ------
    ValueError
        When there is nothing.
    """
    raise ValueError
'''
RECORD = '''
@dataclass
class Flight:
    """A flight.

    Attributes
    ----------
    start_s : float
    height : float
        In m.
    """

    start_s: float
    height: float
'''


@pytest.mark.parametrize(
    ("source", "taken_out", "instead", "fault"),
    [
        (WHOLE, "", "", None),
        (WHOLE, "    forward : int\n", "", "forward"),
        (WHOLE, "forward : int\n\n", "forward : int\n    back : int\n\n", "no back"),
        (WHOLE, "(n, 2)", "array", "lower: shape"),
        (WHOLE, "px.", "Where it begins.", "lower: unit"),
        (WHOLE, "    (n,)\n", "    array\n", "lean: shape"),
        (WHOLE, "Degrees.", "How far.", "lean: unit"),
        (WHOLE, "    Returns\n    -------\n    (n,)\n        Degrees.\n\n", "", "returns"),
        (WHOLE, "    ValueError\n        When", "    TypeError\n        When", "raises ValueError"),
        ('def far(x_px: float) -> float:\n    """`x_px` in m."""', "", "", None),
        ('def far(x_px: float) -> float:\n    """`x_px` in m."""', "`", "", "x_px"),
        ('def far(x_px: float) -> float:\n    """`x_px` in m."""', "in m", "on the floor", "far: unit"),
        ('def far(x: Array) -> Array:\n    """`x` (n,) in m (n,)."""', "", "", None),
        ('def far(x: Array) -> Array:\n    """`x` (n,) in m (n,)."""', "m (n,)", "m", "shape"),
        (RECORD, "", "", None),
        (RECORD, "    start_s : float\n", "", "start_s"),
        (RECORD, "In m.", "Over the floor.", "height: unit"),
        (RECORD, "    height : float\n", "    width : float\n", "no width"),
        (RECORD, "    height: float\n", "    height: float\n\n    def end(self): ...\n", "end(docstring)"),
    ],
)
def test_the_rule_sees_what_is_left_out(source: str, taken_out: str, instead: str, fault: str | None) -> None:
    node = ast.parse(source.replace(taken_out, instead) if taken_out else source).body[0]
    found = faults_of_class(node) if isinstance(node, ast.ClassDef) else faults_of_function(node)
    assert found == [] if fault is None else fault in found
