"""Every film of the corpus is read, or refused in one clear line; nothing else happens."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from plumbline.decoding import _host
from plumbline.errors import ClipError
from plumbline.video import probe, read_frames
from tests.hostile.corpus import MUTANTS, colours, corpus

MAX_FRAMES = 400


def read_through(path: Path) -> str:
    """Probe a film and decode it; "read", or "refused" with one clear line. Anything else raises."""
    try:
        clip = probe(path)
        assert clip.width >= 1 and clip.height >= 1 and clip.rotation_deg in (0, 90, 180, 270)
        facts = (clip.container_fps, clip.capture_fps, clip.time_scale, clip.duration_s)
        assert all(np.isfinite(v) and v > 0 for v in facts), facts
        last = -1.0
        for count, frame in enumerate(read_frames(clip, long_edge=64)):
            assert np.isfinite(frame.time_s) and frame.time_s > last
            last = frame.time_s
            assert max(frame.image.shape[:2]) <= 64
            if count > MAX_FRAMES:
                break
    except ClipError as error:
        words = str(error).replace(str(path), "FILE")
        assert ": " in words or "." in words
        assert "Traceback" not in words and "\n" not in words
        return "refused"
    return "read"


def test_no_film_of_the_corpus_does_harm(tmp_path: Path) -> None:
    work, build = tmp_path / "work", tmp_path / "build"
    work.mkdir()
    build.mkdir()
    results: dict[str, str] = {}
    for name, data in corpus(build):
        path = work / name
        path.write_bytes(data)
        results[name] = read_through(path)
        path.unlink()
        assert not list(work.iterdir()), f"{name} left something behind"
    assert sum(name.startswith("mutant") for name in results) == MUTANTS >= 500
    assert len(results) > MUTANTS + 150
    read = {name for name, outcome in results.items() if outcome == "read"}
    # What a careful phone or editor may write is read, what is no film is refused.
    fine = ("film.txt", "with spaces .mp4", "new\nline.mp4", "%03d.mp4", "file:x.mp4", "no\udce9utf8.mp4")
    fine += ("odd_size.mkv", "two_streams.mkv", "ten_bits.mp4", "interlaced.mp4", "pieces.mp4", "grows.h264")
    fine += (
        "no_times.h264",
        "gaps.mp4",
        "rate_1000.mp4",
        "cover.mp4",
        "matrix_90.mp4",
        "matrix_flip_h.mp4",
        "tag_0.mp4",
        "b_frames_first.h264",
        "anamorphic.mp4",
        "top_first.ts",
        "bottom_first.mts",
        "rounded_60.mkv",
        "stored_twice.mp4",
        "two_films.mkv",
        "one_frame.mp4",
        "motion_jpeg.avi",
        "dark.mp4",
        "mirror_beside.mp4",
        "still_first.mp4",
        "there_and_back.mp4",
        "two_takes.mp4",
        "ramped.mp4",
        "bare.h264",
        "cinema_in_fields.ts",
    )
    fine += ("sound_first.mp4", *(name for name, _ in colours(build)))
    assert set(fine) <= read, set(fine) - read
    never = {
        "sound.mp4",
        "text.mp4",
        "list.mp4",
        "list.m3u8",
        "concat.mp4",
        "huge.mkv",
        "many_streams.mkv",
        "cover_alone.mp4",
        "reshaped.h264",
        "no_clock.mjpeg",
    }
    assert not never & read, never & read


@pytest.fixture
def fresh() -> None:
    """No child is left from before, so that the next film gets one of its own."""
    _host._end_spare()


def children() -> list[psutil.Process]:
    own = psutil.Process().children()
    return [p for p in own if "plumbline.decoding" in " ".join(p.cmdline())]


def test_a_decoder_that_dies_is_a_clear_message(fresh: None, samples: Path) -> None:
    clip = probe(samples / "standing.mp4")
    frames = read_frames(clip)
    next(frames)
    (child,) = children()
    child.send_signal(signal.SIGSEGV)
    with pytest.raises(ClipError, match="brings the decoder down"):
        list(frames)
    assert len(list(read_frames(clip))) == clip.frames, "the next film is read as ever"


def test_a_decoder_that_hangs_is_given_up(fresh: None, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = probe(samples / "standing.mp4")
    monkeypatch.setattr(_host, "DECODING", replace(_host.DECODING, frame_wait_s=1.5))
    frames = read_frames(clip)
    next(frames)
    (child,) = children()
    child.suspend()
    begun = time.monotonic()
    with pytest.raises(ClipError, match="hangs the decoder"):
        list(frames)
    assert time.monotonic() - begun < 10
    assert not child.is_running()


def test_a_reader_that_stops_early_gives_its_child_to_the_next(fresh: None, samples: Path) -> None:
    clip = probe(samples / "standing.mp4")
    for _ in range(5):
        frames = read_frames(clip)
        next(frames)
        frames.close()
    assert len(children()) == 1
    first, second = read_frames(clip), read_frames(clip)
    assert next(first).time_s == next(second).time_s
    assert len(children()) == 2


def test_pictures_go_through_the_pipe_where_memory_cannot_be_shared(
    fresh: None, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = probe(samples / "standing.mp4")
    shared = [f.image.copy() for f in read_frames(clip, long_edge=120)]
    _host._end_spare()
    monkeypatch.setattr(_host.Slots, "create", lambda: None)
    piped = [f.image for f in read_frames(clip, long_edge=120)]
    _host._end_spare()
    assert len(shared) == len(piped) == clip.frames
    assert all((a == b).all() for a, b in zip(shared, piped, strict=True))


def test_pictures_of_two_films_at_once_do_not_mix(fresh: None, samples: Path) -> None:
    names = ("standing.mp4", "squats.mp4")
    alone = [[f.image.copy() for f in read_frames(probe(samples / n), long_edge=120)] for n in names]
    both = zip(*(read_frames(probe(samples / n), long_edge=120) for n in names), strict=False)
    for k, pair in enumerate(both):
        assert all((frame.image == pictures[k]).all() for frame, pictures in zip(pair, alone, strict=True))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process are a matter of Unix")
def test_the_child_may_not_take_all_memory_nor_write(fresh: None, samples: Path) -> None:
    probe(samples / "standing.mp4")
    (child,) = children()
    assert child.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
    assert 0 < child.rlimit(psutil.RLIMIT_AS)[0] <= 8 << 30
