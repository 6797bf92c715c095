"""What is answered to each film of the corpus: how it is read, or in which words it is refused.

    uv run python benchmarks/corpus.py

Films that get the same answer share a row. Those damaged at random (`mutant_`) and cut off (`cut_`) are counted.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from plumbline.errors import ClipError, readable
from plumbline.pipeline import analyze
from plumbline.video import probe, read_frames
from rendering import table

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.hostile.corpus import corpus

COUNTED = ("mutant_", "cut_")
# Of a film without an athlete all else is beside the point.
OF_THE_FILE = ("several_films", "interlaced", "repeated_pictures", "no_clock", "variable_frame_rate", "several_takes")


def answer(path: Path) -> str:
    """Size, rate and pictures, and what is said of the file; or the line that refuses it."""
    try:
        clip = probe(path)
        count = sum(1 for _ in read_frames(clip, long_edge=64))
        said = [w.code for w in analyze(path, cache=False).warnings if w.code in OF_THE_FILE]
    except ClipError as error:
        return "refused: " + str(error).replace(str(path), "FILE")
    turn = f", turned by {clip.rotation_deg}°" * bool(clip.rotation_deg) + ", mirrored" * clip.mirrored
    frames = "1 picture" if count == 1 else f"{count} pictures"
    read = f"{clip.width} × {clip.height} px{turn}, {clip.capture_fps:.4g} fps, {frames}"
    return "; ".join([read, *(f"`{code}`" for code in said)])


def shown(name: str) -> str:
    """A film's name as a table takes it."""
    name = readable(name).replace("\n", "␤").replace("|", "\\|")
    return f"`{name if len(name) < 40 else name[:8] + '…' + name[-8:]}`"


def main() -> None:
    rows: dict[str, list[str]] = defaultdict(list)
    counts = {kind: [0, 0] for kind in COUNTED}
    with tempfile.TemporaryDirectory() as folder:
        for name, data in corpus(Path(folder)):
            path = Path(folder) / name
            path.write_bytes(data)
            kind = next((k for k in COUNTED if name.startswith(k)), None)
            if kind is None:
                rows[answer(path)].append(shown(name))
            else:
                try:
                    read = sum(1 for _ in read_frames(probe(path), long_edge=64)) > 0
                except ClipError:
                    read = False
                counts[kind][read] += 1
            path.unlink()
    print(table(["answer", "films"], [[told, ", ".join(names)] for told, names in rows.items()]))
    for kind, (refused, read) in counts.items():
        print(f"\n`{kind}…`: {refused + read} films, {read} read as far as they go, {refused} refused in one line.")


if __name__ == "__main__":
    main()
