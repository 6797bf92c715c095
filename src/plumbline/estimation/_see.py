"""A film seen by the pose model, or what an earlier run kept of it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

from plumbline.clip import ClipInfo
from plumbline.estimation._bundles import bundle_path, sha256_of
from plumbline.estimation._cache import footage_file, load_footage, save_footage
from plumbline.estimation._eye import OpenEstimator
from plumbline.estimation._mediapipe import MediaPipeEstimator
from plumbline.estimation._search import find_window
from plumbline.estimation._settings import ESTIMATION
from plumbline.estimation._turn import find_turn
from plumbline.estimation._watch import watch
from plumbline.machine import give_back_memory
from plumbline.pose import Footage
from plumbline.video import read_frames


def see(
    clip: ClipInfo,
    *,
    model: str | None = None,
    on_frame: Callable[[int], None] | None = None,
    cache: bool = True,
    threads: int | None = None,
    glimpses: bool = False,
) -> Footage:
    """Run the pose model over a film, or take what an earlier run kept on this machine.

    Parameters
    ----------
    clip : ClipInfo
    model : str, optional
        Name of a pose model or path of a `.task` file.
    on_frame : callable, optional
        Called with the number of frames done; not at all when the footage was kept.
    cache : bool
        Read and keep footage in the user's cache folder.
    threads : int, optional
        Of the pose model.
    glimpses : bool
        Keep pictures for stills, as `watch` does; footage of an earlier run has none.

    Returns
    -------
    Footage

    Raises
    ------
    ClipError
        When the film cannot be decoded.
    ModelError
        When the model is not there or does not verify.
    """
    bundle = bundle_path(model)
    film = sha256_of(clip.path)
    kept = footage_file(film, bundle, ESTIMATION.picture_edge_px) if cache else None
    known = load_footage(kept, clip) if kept else None
    if known is not None:
        return replace(known, film_sha256=film)

    def opened(people: int) -> MediaPipeEstimator:
        return MediaPipeEstimator(bundle, people=people, threads=threads)

    footage = watch(
        lambda: read_frames(clip, long_edge=ESTIMATION.picture_edge_px), clip, opened, on_frame, glimpses=glimpses
    )
    if footage.found < ESTIMATION.hardly_found_share:
        closer = _closer(clip, opened, on_frame)
        footage = closer if closer is not None and closer.found > footage.found else footage
    athlete = footage.people.person(footage.people.choose())
    footage = replace(footage, turn=find_turn(athlete, clip.of_distinct(footage.instants)))
    give_back_memory()  # the models are closed; a long film's measuring takes their place
    if kept:
        save_footage(kept, footage, clip)
    return replace(footage, film_sha256=film)


def _closer(clip: ClipInfo, opened: OpenEstimator, on_frame: Callable[[int], None] | None) -> Footage | None:
    """The film again, but only the part in which somebody small was found; None where there is none."""
    every = max(clip.frames // ESTIMATION.search_looks, 1)
    some = itertools.islice(read_frames(clip, long_edge=ESTIMATION.search_edge_px), every // 2, None, every)
    with opened(1) as one:
        window = find_window(some, one)
    if window is None:
        return None
    edge = min(round(ESTIMATION.picture_edge_px / window.share), max(clip.width, clip.height))
    return watch(lambda: read_frames(clip, long_edge=edge), clip, opened, on_frame, window)
