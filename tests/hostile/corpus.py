"""Films that are damaged, odd or meant to harm, built anew from fixed seeds.

    uv run python -m tests.hostile.corpus FOLDER

writes them all into a folder, to try other tools on.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tests.hostile.kinds import all_kinds

FRAMES, FPS = 16, 30
MUTANTS = 500
BOXES_WITH_BOXES = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta", b"dinf")


def picture(k: int, width: int, height: int) -> np.ndarray:
    """A moving pattern that no encoder can make nothing of."""
    y, x = np.ogrid[:height, :width]
    out = np.empty((height, width, 3), np.uint8)
    out[..., 0], out[..., 1], out[..., 2] = (x * 3 + k * 9) % 256, (y * 5 + k * 4) % 256, (x ^ y) % 256
    return out


def encode(
    path: Path,
    *,
    size: tuple[int, int] = (64, 48),
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    options: dict[str, str] | None = None,
    streams: int = 1,
    file_options: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
    times: Callable[[int], int] = lambda k: k,
    frames: int = FRAMES,
    fps: int = FPS,
    cover: bool = False,
) -> bytes:
    """Write a small film and return its bytes; with `cover` its first stream is a picture of an album."""
    with av.open(str(path), "w", options=file_options or {}) as out:
        for key, value in (tags or {}).items():
            out.metadata[key] = value
        lanes, art = [], None
        if cover:
            art = out.add_stream("mjpeg", rate=1, options={"strict": "unofficial"})
            art.width, art.height, art.pix_fmt = 32, 32, "yuvj420p"
            art.disposition = av.stream.Disposition.attached_pic
        for _ in range(streams):
            stream = out.add_stream(codec, rate=fps, options=options or {})
            stream.width, stream.height = size
            stream.pix_fmt = pix_fmt
            stream.codec_context.time_base = Fraction(1, fps)
            lanes.append(stream)
        if art is not None:
            out.mux(art.encode(av.VideoFrame.from_ndarray(picture(0, 32, 32), format="rgb24")))
            out.mux(art.encode(None))
        for k in range(frames):
            for stream in lanes:
                frame = av.VideoFrame.from_ndarray(picture(k, *size), format="rgb24").reformat(format=pix_fmt)
                frame.pts, frame.time_base = times(k), Fraction(1, fps)
                out.mux(stream.encode(frame))
        for stream in lanes:
            out.mux(stream.encode(None))
    return path.read_bytes()


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, bytes]]:
    """Every box of an MP4: where it begins and ends, and its name."""
    at, end = start, len(data) if end is None else end
    while at + 8 <= end:
        length, name = struct.unpack(">I4s", data[at : at + 8])
        length = end - at if length == 0 else max(length, 8)
        yield at, min(at + length, end), name
        if name in BOXES_WITH_BOXES:
            yield from boxes(data, at + 8, min(at + length, end))
        at += length


def patched(data: bytes, name: bytes, offset: int, new: bytes) -> bytes:
    """The film with some bytes of the first box of a name replaced."""
    at = next(a for a, _, n in boxes(data) if n == name)
    out = bytearray(data)
    out[at + offset : at + offset + len(new)] = new
    return bytes(out)


def truncations(film: bytes) -> Iterator[tuple[str, bytes]]:
    """Cut at the beginning, in the middle and at the end of every box."""
    for at, end, name in boxes(film):
        for cut in sorted({at, at + 4, at + 8, (at + end) // 2, end - 1}):
            yield f"cut_{name.decode('latin1')}_{cut}.mp4", film[:cut]


def mutants(film: bytes, count: int = MUTANTS) -> Iterator[tuple[str, bytes]]:
    """Bytes flipped here and there, every second time in the film's index only."""
    index = [(a, e) for a, e, n in boxes(film) if n in (b"moov", b"ftyp")]
    for seed in range(count):
        rng = np.random.default_rng(seed)
        out = bytearray(film)
        low, high = index[seed // 2 % len(index)] if seed % 2 else (0, len(film))
        for _ in range(int(rng.integers(1, 24))):
            out[int(rng.integers(low, high))] = int(rng.integers(256))
        yield f"mutant_{seed:03d}.mp4", bytes(out)


MATRICES = {
    "0": (1, 0, 0, 1),
    "90": (0, 1, -1, 0),
    "180": (-1, 0, 0, -1),
    "270": (0, -1, 1, 0),
    "flip_h": (-1, 0, 0, 1),
    "flip_v": (1, 0, 0, -1),
    "transposed": (0, 1, 1, 0),
    "transverse": (0, -1, -1, 0),
    "nothing": (0, 0, 0, 0),
    "sheared": (1, 1, 0, 1),
}


def turned(film: bytes) -> Iterator[tuple[str, bytes]]:
    """Every rotation, flips, and matrices that are neither."""
    for name, (a, b, c, d) in MATRICES.items():
        matrix = struct.pack(">9i", a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
        yield f"matrix_{name}.mp4", patched(film, b"tkhd", 8 + 40, matrix)


def headers(film: bytes) -> Iterator[tuple[str, bytes]]:
    """Impossible sizes, rates and clocks in the film's index."""
    for w, h in ((0, 0), (0, 48), (1, 1), (63, 47), (65535, 65535), (65535, 1)):
        # Width and height of the sample entry, 32 bytes into the first one.
        yield f"size_{w}x{h}.mp4", patched(film, b"stsd", 16 + 32, struct.pack(">HH", w, h))
    for scale in (0, 1, 0xFFFFFFFF):
        yield f"clock_{scale}.mp4", patched(film, b"mdhd", 8 + 12, struct.pack(">I", scale))
    for delta in (0, 1, 0x7FFFFFFF, 0xFFFFFFFF):
        yield f"step_{delta}.mp4", patched(film, b"stts", 8 + 12, struct.pack(">I", delta))
    for count in (0, 0x0FFFFFFF, 0xFFFFFFFF):
        yield f"samples_{count}.mp4", patched(film, b"stsz", 8 + 8, struct.pack(">I", count))
        yield f"chunks_{count}.mp4", patched(film, b"stco", 8 + 4, struct.pack(">I", count))
    yield "mdat_endless.mp4", patched(film, b"mdat", 0, struct.pack(">I", 0xFFFFFFFF))
    yield "box_too_short.mp4", patched(film, b"moov", 0, struct.pack(">I", 3))
    if any(n == b"elst" for _, _, n in boxes(film)):
        for start in (-1, 2**31 - 1, -(2**31)):
            yield f"edit_{start}.mp4", patched(film, b"elst", 8 + 12, struct.pack(">i", start))


def oddities(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Films of rare kinds, most of them fit to be measured."""
    tmp = folder / "tmp"

    def made(name: str, **how: object) -> tuple[str, bytes]:
        path = tmp.with_suffix(Path(name).suffix)
        data = encode(path, **how)  # type: ignore[arg-type]
        path.unlink()
        return name, data

    yield made("rate_1000.mp4", fps=1000)
    yield made("cover.mp4", cover=True)
    yield made("cover_alone.mp4", cover=True, frames=0)
    yield made("gaps.mp4", times=lambda k: k * k)
    yield made("odd_size.mkv", size=(63, 47), codec="ffv1", pix_fmt="yuv444p")
    yield made("one_pixel.mkv", size=(1, 1), codec="ffv1", pix_fmt="yuv444p")
    yield made("long_strip.mkv", size=(4096, 2), codec="ffv1", pix_fmt="yuv420p")
    yield made("two_streams.mkv", streams=2)
    yield made("many_streams.mkv", streams=80, codec="mjpeg", pix_fmt="yuvj420p")
    yield made("ten_bits.mp4", pix_fmt="yuv420p10le", options={"color_trc": "smpte2084", "colorspace": "bt2020nc"})
    yield made("interlaced.mp4", options={"x264-params": "interlaced=1:tff=1"})
    yield made("animated.gif", codec="gif", pix_fmt="rgb8")
    yield made("pieces.mp4", file_options={"movflags": "frag_keyframe+empty_moov"})
    for k, fps in enumerate(("nan", "-5", "1e309", "abc", "240", "0", "9" * 400)):
        tags = {"com.android.capture.fps": fps, "title": "<script>'\"\n"}
        yield made(f"tag_{k}.mp4", tags=tags, file_options={"movflags": "use_metadata_tags"})
    small = made("raw.h264", options={"bf": "2", "g": "8"})[1]
    large = made("raw.h264", size=(96, 72))[1]
    yield "no_times.h264", small
    yield "grows.h264", small + large
    yield "b_frames_first.h264", small[small.find(b"\x00\x00\x01", len(small) // 3) :]
    yield made("grey.mkv", codec="ffv1", pix_fmt="gray")
    yield made("huge.mkv", size=(9000, 9000), codec="mjpeg", pix_fmt="yuvj420p", frames=1)


def colours(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Colours, codecs and containers that cameras, phones and editors write beside the usual ones."""
    hlg = {"color_trc": "arib-std-b67", "colorspace": "bt2020nc", "color_primaries": "bt2020"}
    fast = {"deadline": "realtime", "cpu-used": "8"}
    for name, codec, pix_fmt, options in (
        ("full_chroma.mp4", "libx264", "yuv444p", {}),
        ("rgb.mkv", "libx264rgb", "rgb24", {}),
        ("full_range.mp4", "libx264", "yuvj420p", {}),
        ("hlg.mov", "libx265", "yuv420p10le", {**hlg, "x265-params": "log-level=error"}),
        ("prores.mov", "prores_ks", "yuv422p10le", {}),
        ("prores_alpha.mov", "prores_ks", "yuva444p10le", {"profile": "4"}),
        ("animation_alpha.mov", "qtrle", "argb", {}),
        ("vp9_alpha.webm", "libvpx-vp9", "yuva420p", fast),
        ("vp8.webm", "libvpx", "yuv420p", fast),
        ("camcorder.mpg", "mpeg2video", "yuv420p", {}),
        ("windows.wmv", "wmv2", "yuv420p", {}),
        ("flash.flv", "flv", "yuv420p", {}),
        ("old_phone.3gp", "mpeg4", "yuv420p", {}),
    ):
        path = folder / f"tmp{Path(name).suffix}"
        data = encode(path, codec=codec, pix_fmt=pix_fmt, options=options)
        path.unlink()
        yield name, data


def sound_first(folder: Path) -> bytes:
    """A film whose first track is sound, which begins later than the pictures."""
    path = folder / "tmp.mp4"
    with av.open(str(path), "w") as out:
        sound = out.add_stream("aac", rate=44100)
        film = out.add_stream("libx264", rate=FPS)
        film.width, film.height, film.pix_fmt = 64, 48, "yuv420p"
        for k in range(FRAMES):
            frame = av.VideoFrame.from_ndarray(picture(k, 64, 48), format="rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = k, Fraction(1, FPS)
            out.mux(film.encode(frame))
            beat = av.AudioFrame.from_ndarray(np.zeros((1, 1470), np.float32), format="fltp", layout="mono")
            beat.rate, beat.pts = 44100, 1470 * (k + 2)
            out.mux(sound.encode(beat))
        for stream in (sound, film):
            out.mux(stream.encode(None))
    data = path.read_bytes()
    path.unlink()
    return data


def odd_kinds(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Films that are whole, of kinds that players show and readers misread."""
    for path in all_kinds(folder):
        data = path.read_bytes()
        path.unlink()
        yield path.name, data


def others(film: bytes) -> Iterator[tuple[str, bytes]]:
    """What is no film, or says that it is another kind."""
    yield "empty.mp4", b""
    yield "zeros.mp4", bytes(100_000)
    yield "text.mp4", b"hello\n" * 1000
    yield "noise.mp4", np.random.default_rng(1).integers(0, 256, 50_000, np.uint8).tobytes()
    yield "film.txt", film
    yield "film.jpg", film
    yield "film.mp3", film
    yield "film", film
    yield "list.mp4", b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n"
    yield "list.m3u8", b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n#EXT-X-ENDLIST\n"
    yield "concat.mp4", b"ffconcat version 1.0\nfile /etc/passwd\n"
    yield "dash.mpd", b"<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'></MPD>"
    yield "subtitles.mp4", b"1\n00:00:00,000 --> 00:00:01,000\n<b>x</b>\n"
    yield "archive.mp4", b"PK\x03\x04" + bytes(500)
    yield "png.mp4", b"\x89PNG\r\n\x1a\n" + bytes(200)
    yield "elf.mov", b"\x7fELF" + bytes(2000)


NAMES = (
    "with spaces .mp4",
    "quote'\"`$(touch x).mp4",
    "new\nline.mp4",
    "-dash.mp4",
    "%03d.mp4",
    "häß 走る 🏃.mp4",
    "file:x.mp4",
    "x" * 251 + ".mp4",
    "a;b&c|d.mp4",
    "no\udce9utf8.mp4",
)


def audio(folder: Path) -> bytes:
    """A file with sound and no picture."""
    path = folder / "tmp.m4a"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.float32), format="fltp", layout="mono")
        frame.rate = 44100
        frame.pts = 0
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    data = path.read_bytes()
    path.unlink()
    return data


def corpus(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents of all of them; the folder is only for building."""
    film = encode(folder / "tmp.mp4", options={"bf": "2", "g": "8"})
    (folder / "tmp.mp4").unlink()
    yield "sound.mp4", audio(folder)
    yield from ((name, film) for name in NAMES)
    yield from others(film)
    yield from oddities(folder)
    yield "sound_first.mp4", sound_first(folder)
    yield from colours(folder)
    yield from odd_kinds(folder)
    for damage in (headers, turned, truncations, mutants):
        yield from damage(film)


def main() -> None:
    """Write the corpus."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in corpus(folder):
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
