"""Coverage-guided fuzzing of everything that reads a document: reports, edits, truth, limits, logs.

    uv run --with atheris python benchmarks/fuzz.py [--seconds 60] [--only limits,edits]

Each reader begins from a valid document and is given ever new ones; it may refuse one in a line, and
nothing else. Ends with the number of documents tried, or with the one that broke a reader.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rendering import table

KINDS = ("report", "edits", "truth", "limits", "log")


def one(kind: str, seconds: int, folder: Path) -> list[str]:
    """Fuzz one reader in a process of its own, which libFuzzer ends; a row of the table."""
    command = [sys.executable, __file__, "--kind", kind, "--folder", str(folder), "--seconds", str(seconds)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    tried = re.search(r"stat::number_of_executed_units:\s*(\d+)", said.stderr)
    broken = sorted(folder.glob("crash-*")) + sorted(folder.glob("timeout-*"))
    fine = said.returncode == 0 and not broken
    return [kind, tried[1] if tried else "none", "nothing" if fine else said.stderr.strip()[-2000:]]


def fuzz(kind: str, seconds: int, folder: Path) -> None:
    """What the process of `one` does."""
    import atheris

    sys.path.insert(0, str(Path(__file__).parent.parent))
    with atheris.instrument_imports(include=["plumbline"]):
        from tests.hostile.test_documents import READERS, WHOLE, holds, log_text
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "valid").write_text(WHOLE.get(kind) or log_text(folder), encoding="utf-8")
    path = folder / "document"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        holds(READERS[kind], path)

    limits = [f"-max_total_time={seconds}", "-max_len=60000", "-timeout=20", "-seed=1", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={folder}/", str(corpus)], read)
    atheris.Fuzz()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--only", default=",".join(KINDS))
    parser.add_argument("--kind", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.kind:
        fuzz(args.kind, args.seconds, args.folder)
        return
    rows = []
    for kind in args.only.split(","):
        with tempfile.TemporaryDirectory() as folder:
            rows.append(one(kind, args.seconds, Path(folder)))
    print(table(["reader", "documents tried", "broke it"], rows))
    sys.exit(any(broken != "nothing" for *_, broken in rows))


if __name__ == "__main__":
    main()
