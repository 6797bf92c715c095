"""Films of odd kinds, made of the shipped athletes: contact time beside that of the clean film of the same pictures.

    uv run python benchmarks/kinds.py [--seeds 2] [--only NAME ...]

Each kind is made of the same pictures as the clean film beside it (H.264, square pixels, whole frames, even clock),
which is measured in the same run. A seed cuts a few pixels off the picture and encodes it at another quality.
Prints for both the bias and RMSE of contact time and the share within 1.96 of the stated standard uncertainty, and
by how much the mean error is larger than the clean film's, with its 95 % interval over films.
"""

from __future__ import annotations

import argparse
import struct
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.filter import Graph
from scipy.stats import t as student

from plumbline.pipeline import analyze
from plumbline.report import build_report
from plumbline.request import Request
from plumbline.validation import Comparison, compare, read_truth
from rendering import SAMPLES, table

FILMS = ("pogo", "pogo_faults", "travelling_hops", "rope_skipping", "tuck_jumps", "single_leg_hops")
LATE_S = 1000
Filters = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Kind:
    """A kind of film: filters (name, arguments) over pictures of a rate, and how they are stored."""

    name: str
    fps: int
    filters: Filters = ()
    ending: str = "mp4"
    codec: str = "libx264"
    pixels: str = "yuv420p"
    options: dict[str, str] = field(default_factory=dict)
    stored_fps: int = 0
    matrix: tuple[int, int, int, int] | None = None
    late: bool = False


X264_FIELDS = {"flags": "+ilme+ildct"}


def of_fields(first: str) -> Filters:
    """Every second line of one frame and the others of the next: 60 pictures become 30 frames."""
    odd, even = ("0", "3") if first == "top" else ("1", "2")
    select = ("select", f"eq(mod(n,4),{odd})+eq(mod(n,4),{even})")
    order = ("setfield", "tff" if first == "top" else "bff")
    return (("separatefields", ""), select, ("weave", f"first_field={first}"), order)


DARK = (("lutyuv", "y=16+(val-16)*0.10"), ("noise", "alls=6:allf=t:all_seed=3"))
KINDS = (
    # What encoding the clean film once more does: as much is chance in all rows below.
    *(Kind(f"clean, {fps} fps, encoded at another quality", fps, options={"crf": "23"}) for fps in (60, 30, 24)),
    Kind("pixels 3:4", 60, (("scale", "iw*4/3:ih"), ("setsar", "3/4"))),
    Kind("pixels 3:2", 60, (("scale", "iw*2/3:ih"), ("setsar", "3/2")), "mkv"),
    Kind("interlaced, top field first", 60, of_fields("top"), "ts", options=X264_FIELDS, stored_fps=30),
    Kind("interlaced, bottom field first", 60, of_fields("bottom"), "mts", options=X264_FIELDS, stored_fps=30),
    Kind("interlaced MPEG-2", 60, of_fields("top"), "mpg", "mpeg2video", options=X264_FIELDS, stored_fps=30),
    Kind("whole frames marked as interlaced", 30, (("setfield", "tff"),), "ts", options=X264_FIELDS),
    Kind("30 stored as 60", 30, (("fps", "60"),), stored_fps=60),
    Kind("24 stored as 30", 24, (("fps", "30"),), stored_fps=30),
    Kind("24 stored as 60", 24, (("fps", "60"),), stored_fps=60),
    Kind("24 as 60 fields (3:2)", 24, (("fps", "60"), *of_fields("top")), "ts", options=X264_FIELDS, stored_fps=30),
    Kind("30, blended to 60", 30, (("framerate", "fps=60"),), stored_fps=60),
    Kind("clock in milliseconds", 60, ending="mkv"),
    Kind("clock in milliseconds, 30", 30, ending="flv"),
    Kind("clock that begins at 1000 s", 60, ending="mkv", late=True),
    Kind("matrix: mirrored", 60, (("hflip", ""),), matrix=(-1, 0, 0, 1)),
    Kind("matrix: upside down, mirrored", 60, (("vflip", ""),), matrix=(1, 0, 0, -1)),
    Kind("matrix: turned by 90°", 60, (("transpose", "cclock"),), matrix=(0, 1, -1, 0)),
    Kind("matrix: turned by 180°", 60, (("hflip", ""), ("vflip", "")), matrix=(-1, 0, 0, -1)),
    Kind("matrix: turned by 270°", 60, (("transpose", "clock"),), matrix=(0, -1, 1, 0)),
    Kind("matrix: transposed", 60, (("transpose", "cclock_flip"),), matrix=(0, 1, 1, 0)),
    Kind("matrix: transverse", 60, (("transpose", "clock_flip"),), matrix=(0, -1, -1, 0)),
    Kind("Motion JPEG", 60, ending="avi", codec="mjpeg", pixels="yuvj420p"),
    Kind("grey", 60, (("format", "gray"),), "avi", "rawvideo", "gray"),
    Kind("dark and noisy", 60, DARK),
    Kind("10 bit", 60, ending="mov", codec="prores_ks", pixels="yuv422p10le"),
    Kind("VP9", 60, ending="webm", codec="libvpx-vp9", options={"deadline": "realtime", "cpu-used": "8"}),
    Kind("letterbox", 60, (("pad", "iw*2:ih:iw/2:0"),)),
)


def pictures(sample: str, fps: int, seed: int) -> Iterator[av.VideoFrame]:
    """A sample's frames at a rate, the nearest ones where it has none at an instant."""
    cut = (("crop", f"iw-{12 * seed}:ih-{12 * seed}:{4 * seed}:{8 * seed}"),)
    with av.open(str(SAMPLES / f"{sample}.mp4")) as film:
        frames = list(film.decode(video=0))
        stored = round(float(film.streams.video[0].average_rate or 60))
    count = len(frames) * fps // stored
    chosen = (frames[min(round(k * stored / fps), len(frames) - 1)] for k in range(count))
    yield from filtered(chosen, cut if seed else (), fps)


def filtered(frames: Iterable[av.VideoFrame], filters: Filters, fps: int) -> Iterator[av.VideoFrame]:
    """Frames through filters, timed anew at the rate they come in."""
    graph: Graph | None = None
    for k, frame in enumerate(frames):
        frame.pts, frame.duration, frame.time_base = k, 1, Fraction(1, fps)
        if graph is None:
            graph = Graph()
            source = graph.add_buffer(
                width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base
            )
            nodes = [graph.add(name, arguments) for name, arguments in filters]
            graph.link_nodes(source, *nodes, graph.add("buffersink")).configure()
        graph.vpush(frame)
        yield from ready(graph)
    assert graph is not None
    graph.vpush(None)
    yield from ready(graph)


def ready(graph: Graph) -> Iterator[av.VideoFrame]:
    while True:
        try:
            yield graph.vpull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def write(kind: Kind, frames: Iterable[av.VideoFrame], path: Path, seed: int) -> Path:
    """Store pictures as a kind of film does."""
    fps = kind.stored_fps or kind.fps
    with av.open(str(path), "w") as out:
        stream = None
        for k, frame in enumerate(filtered(frames, kind.filters, kind.fps)):
            if stream is None:
                quality = {"crf": str(20 + 4 * seed)} if kind.codec == "libx264" else {"qscale": "4"}
                stream = out.add_stream(kind.codec, rate=fps, options={**quality, **kind.options})
                stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, kind.pixels
                if kind.codec != "libx264":
                    stream.bit_rate = 8_000_000
                if any(name == "setsar" for name, _ in kind.filters):
                    stream.codec_context.sample_aspect_ratio = Fraction(kind.filters[-1][1])
            stored = frame.reformat(format=kind.pixels)
            stored.pts, stored.time_base = k + (LATE_S * fps if kind.late else 0), Fraction(1, fps)
            stored.pict_type = 0
            out.mux(stream.encode(stored))
        assert stream is not None
        out.mux(stream.encode(None))
    if kind.matrix is not None:
        turn(path, kind.matrix)
    return path


def turn(path: Path, matrix: tuple[int, int, int, int]) -> None:
    """Write a display matrix into an MP4's track."""
    data = bytearray(path.read_bytes())
    a, b, c, d = (v << 16 for v in matrix)
    at = data.index(b"tkhd") + 4 + 40
    data[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)


@dataclass
class Measured:
    """Errors of contact time over films, s; `said` holds the codes of the warnings of each film."""

    each: list[Comparison] = field(default_factory=list)
    said: list[set[str]] = field(default_factory=list)

    def add(self, path: Path, truth: dict[str, object]) -> None:
        """Measure a film."""
        found, errors = analyze(path, Request(drill=str(truth["drill"])), cache=False), Comparison()
        compare(build_report(found), truth, errors)
        self.each.append(errors)
        self.said.append({w.code for w in found.warnings})

    @property
    def errors_ms(self) -> np.ndarray:
        """Of all films."""
        return 1000 * np.concatenate([c.errors.get("contact_time_s", []) for c in self.each])

    def words(self) -> list[str]:
        """Reps, bias and RMSE, share inside."""
        e = self.errors_ms
        sd = 1000 * np.concatenate([c.sds.get("contact_time_s", []) for c in self.each])
        reps = f"{sum(c.matched_reps for c in self.each)} of {sum(c.true_reps for c in self.each)}"
        return [reps, f"{e.mean():+.1f}, {np.sqrt(np.mean(e**2)):.1f}", f"{np.mean(np.abs(e) <= 1.96 * sd):.0%}"]

    def mean_ms(self) -> np.ndarray:
        """Mean absolute error of each film, ms; NaN for one without a contact."""
        return np.array([1000 * np.mean(np.abs(c.errors.get("contact_time_s", [np.nan]))) for c in self.each])


def worse(kind: Measured, clean: Measured) -> str:
    """How much larger the mean absolute error is, ms, with its 95 % interval over films."""
    more = kind.mean_ms() - clean.mean_ms()
    more = more[np.isfinite(more)]
    half = student.ppf(0.975, len(more) - 1) * more.std(ddof=1) / np.sqrt(len(more)) if len(more) > 1 else np.nan
    return f"{more.mean():+.1f} ± {half:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--only", nargs="*", help="kinds whose names begin so")
    parser.add_argument("--films", nargs="*", default=FILMS)
    options = parser.parse_args()
    kinds = [k for k in KINDS if not options.only or k.name.startswith(tuple(options.only))]
    clean: dict[int, Measured] = {}
    rows = []
    for kind in [*(Kind(f"clean, {fps} fps", fps) for fps in dict.fromkeys(k.fps for k in kinds)), *kinds]:
        seen = Measured()
        with tempfile.TemporaryDirectory() as folder:
            for sample in options.films:
                truth = read_truth(SAMPLES / f"{sample}.truth.json")
                for seed in range(options.seeds):
                    path = Path(folder) / f"{sample}_{seed}.{kind.ending}"
                    seen.add(write(kind, pictures(sample, kind.fps, seed), path, seed), truth)
                    path.unlink()
        other = clean.setdefault(kind.fps, seen)
        extra = [code for a, b in zip(seen.said, other.said, strict=True) for code in a - b]
        said = ", ".join(f"{code} ({extra.count(code)})" for code in sorted(set(extra)))
        rows.append([kind.name, *seen.words(), worse(seen, other) if other is not seen else "", said])
        print("|", " | ".join(rows[-1]), "|", flush=True)
    print(table(["film", "reps", "contact, bias and RMSE, ms", "in 95 %", "mean error, ms more", "also said"], rows))


if __name__ == "__main__":
    main()
