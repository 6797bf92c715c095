"""Peak memory of `plumbline analyze` on a film of 19 s and one of ten minutes, 1440 x 1920.

    uv run python benchmarks/memory.py [--minutes 10] [--no-video]

The long film is the short one over and over, without encoding anew. Memory is that of all
processes together, the decoder's included. Takes about fifteen minutes on two cores.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import av

from plumbline.video import probe
from processes import PLUMBLINE, timed
from rendering import table
from speed import long_clip

FPS = 60.0


def repeated(film: Path, times: int, out: Path) -> Path:
    """The film's packets over and over."""
    with av.open(str(film)) as source, av.open(str(out), "w") as sink:
        stream = source.streams.video[0]
        copy = sink.add_stream_from_template(stream)
        packets = [p for p in source.demux(stream) if p.size]
        length = round(len(packets) / FPS / float(stream.time_base))
        payload = [(bytes(p), p.pts, p.dts, p.is_keyframe) for p in packets]
        for k in range(times):
            for data, pts, dts, key in payload:
                packet = av.Packet(data)
                packet.pts, packet.dts, packet.time_base = pts + k * length, dts + k * length, stream.time_base
                packet.is_keyframe = key
                packet.stream = copy
                sink.mux(packet)
    return out


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--no-video", action="store_true", help="Only the runs that write no film.")
    args = parser.parse_args()
    kinds = {"without film": ["--no-video"]} | ({} if args.no_video else {"with film": []})
    with tempfile.TemporaryDirectory() as folder:
        short = long_clip(Path(folder) / "short.mp4")
        seconds = probe(short).duration_s
        long = repeated(short, max(round(60 * args.minutes / seconds), 2), Path(folder) / "long.mp4")
        rows, peaks = [], dict[tuple[str, str], float]()
        for name, clip in (("short", short), ("long", long)):
            with av.open(str(clip)) as film:
                frames = film.streams.video[0].frames
            for words, options in kinds.items():
                run = timed([PLUMBLINE, "analyze", str(clip), "--no-cache", "--out", f"{folder}/out", *options])
                rows.append([name, frames, f"{frames / FPS:.0f}", words, f"{run.wall_s:.0f}", f"{run.peak_mb:.0f}"])
                peaks[name, words] = run.peak_mb
    print(table(["film", "frames", "length, s", "analyze", "wall, s", "peak memory, MB"], rows))
    over = (f"{peaks['long', words] / peaks['short', words]:.2f} {words}" for words in kinds)
    print(f"\nLong over short: {', '.join(over)}.")


if __name__ == "__main__":
    main()
