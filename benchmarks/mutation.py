"""Plants single wrong lines in the measuring core and counts those that its tests let pass.

    uv run --with mutmut==3.8.1 python benchmarks/mutation.py                 # all, writes docs/mutation.md
    uv run --with mutmut==3.8.1 python benchmarks/mutation.py geometry faults # these packages' rows anew
    uv run --with mutmut==3.8.1 python benchmarks/mutation.py --sample 30 --check  # some of the fast ones; fails when
                                                                # more survive than chance leaves of 10 %

A mutant is one changed operator, number, text, argument or branch in one function; it survives when
every test that runs that function passes. The work is done in a copy of the tree.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "mutation.md"
MOST_SURVIVORS = 0.10
# What mutmut's exit codes mean: 0 is a suite that passed, 33 and 5 are functions that no test runs.
SURVIVED, NO_TESTS, UNCHECKED = {0}, {5, 33}, {None, 2}

# Each package with the tests that answer for it: fast ones, whose truth is written in them.
TESTS: dict[str, tuple[str, ...]] = {
    "geometry": ("tests/geometry",),
    "metrics": tuple(
        f"tests/metrics/test_{part}.py"
        for part in ("bounds", "by_hand", "formulas", "readings", "score", "uncertainty")
    ),
    "faults": ("tests/faults",),
    "reps": (
        *(f"tests/reps/test_{part}.py" for part in ("by_hand", "kinds", "learn", "parts", "seen")),
        "tests/test_edits.py",
    ),
    "contact": ("tests/contact",),
    "log": tuple(
        f"tests/log/test_{part}.py"
        for part in ("statistics", "csv", "entries", "week", "reports", "guided", "progress", "store", "table")
    ),
    "plan": ("tests/plan",),
}
SAMPLED = ("geometry", "metrics", "faults", "reps")

SETTINGS = """[mutmut]
source_paths=src
only_mutate=src/plumbline/{package}/_*.py
also_copy=
    tests
    sample_videos
    models
pytest_add_cli_args=
    -n
    0
    -p
    no:cacheprovider
pytest_add_cli_args_test_selection=
    {tests}
"""

HEAD = """# Mutation tests

Written by `uv run --with mutmut==3.8.1 python benchmarks/mutation.py`. Single wrong lines are planted in
the measuring core one at a time (an operator, a number, a text, an argument, a branch), and the
package's own fast tests are run on each. *Survived*: every test passed. *Not run*: no test runs the
function. Both count as surviving; at most 10 % may. A package that the machine had no time for in
full is given by a random sample, and says so. The log's migrations are left out: Alembic runs them, out
of reach of the mutants, and a test compares what they make with the tables.
"""
ROW = "| {name} | {mutants} | {killed} | {survived} | {not_run} | {share:.1f} % | {how} |"
COLUMNS = "| package | tried | killed | survived | not run | surviving | of |\n|---|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Result:
    """What became of a package's mutants."""

    package: str
    total: int
    tried: int
    survivors: tuple[str, ...]
    not_run: int

    @property
    def share(self) -> float:
        """Surviving mutants among those that were tried."""
        return (len(self.survivors) + self.not_run) / max(self.tried, 1)

    @property
    def row(self) -> str:
        """Its line of the table."""
        return ROW.format(
            name=self.package,
            mutants=self.tried,
            killed=self.tried - len(self.survivors) - self.not_run,
            survived=len(self.survivors),
            not_run=self.not_run,
            share=100 * self.share,
            how="all" if self.tried == self.total else f"a random sample of {self.total}",
        )


def _copy(package: str, into: Path) -> None:
    for name in ("src", "tests", "sample_videos", "models", "pyproject.toml", "README.md"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, into / name)
    tests = "\n    ".join(TESTS[package])
    (into / "setup.cfg").write_text(SETTINGS.format(package=package, tests=tests), encoding="utf-8")


def _mutmut(tree: Path, *names: str) -> None:
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *names]
    ran = subprocess.run(command, cwd=tree, check=False, capture_output=True, text=True)
    if ran.returncode:
        raise SystemExit(f"mutmut ended with {ran.returncode}: {ran.stdout[-600:]}{ran.stderr[-1500:]}")


def _codes(tree: Path) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for meta in (tree / "mutants").rglob("*.meta"):
        found |= json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def run(package: str, sample: int | None, seed: int) -> Result:
    """Test all mutants of a package, or a random sample."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        _copy(package, tree)
        if sample is None:
            _mutmut(tree)
            names = sorted(_codes(tree))
        else:
            # A first run of one function's mutants makes them all, so that some can be drawn.
            _mutmut(tree, _first_function(package))
            everything = sorted(_codes(tree))
            names = sorted(random.Random(seed).sample(everything, min(sample, len(everything))))
            _mutmut(tree, *names)
        codes = _codes(tree)
        tried = [n for n in names if codes[n] not in UNCHECKED]
        survivors = tuple(n for n in tried if codes[n] in SURVIVED)
        for name in survivors:
            shown = subprocess.run(
                [sys.executable, "-m", "mutmut", "show", name], cwd=tree, check=False, capture_output=True, text=True
            )
            changed = [line for line in shown.stdout.splitlines() if re.match(r"[-+](?![-+])", line)]
            print(name, *changed, sep="\n    ", flush=True)
        not_run = [n for n in tried if codes[n] in NO_TESTS]
        for function, count in sorted(Counter(n.rpartition("__mutmut_")[0] for n in not_run).items()):
            print(f"{function}: no test runs it, {count} mutants", flush=True)
        return Result(package, len(codes), len(tried), survivors, len(not_run))


def _first_function(package: str) -> str:
    """The mutants of the package's smallest module that has functions."""
    modules = (ROOT / "src" / "plumbline" / package).glob("_[a-z]*.py")
    modules = [m for m in modules if re.search(r"^def ", m.read_text(encoding="utf-8"), re.MULTILINE)]
    return f"plumbline.{package}.{min(modules, key=lambda p: (p.stat().st_size, p.name)).stem}.*"


def _kept_rows() -> dict[str, str]:
    if not PAGE.exists():
        return {}
    rows = re.findall(r"^\| (\w+) \| \d.*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \w+ \| \d", line)]
    return dict(zip(rows, lines, strict=True))


def main() -> None:
    """Run, print, write the page or judge the sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*", choices=[*TESTS, []], default=[])
    parser.add_argument("--sample", type=int, help="so many mutants of each package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="do not write the page; fail clearly above 10 %%")
    args = parser.parse_args()
    packages = args.packages or (SAMPLED if args.check else tuple(TESTS))
    results = []
    # Two packages at once: much of a run is mutmut's own, on one core.
    with ThreadPoolExecutor(2) as pool:
        for result in pool.map(lambda package: run(package, args.sample, args.seed), packages):
            results.append(result)
            print(result.row, flush=True)
    if args.check:
        count = Counter(tried=sum(r.tried for r in results), left=sum(len(r.survivors) + r.not_run for r in results))
        share = count["left"] / max(count["tried"], 1)
        # A sample of a suite that keeps to 10 % has more by chance, at most two standard deviations.
        most = MOST_SURVIVORS + 2 * math.sqrt(MOST_SURVIVORS * (1 - MOST_SURVIVORS) / max(count["tried"], 1))
        print(f"{count['left']} of {count['tried']} mutants survive: {100 * share:.0f} %, at most {100 * most:.0f} %")
        sys.exit(share > most)
    rows = _kept_rows() | {r.package: r.row for r in results}
    table = "\n".join(rows[name] for name in TESTS if name in rows)
    PAGE.write_text(f"{HEAD}\n{COLUMNS}\n{table}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
