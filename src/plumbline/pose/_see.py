"""A film seen by the pose model, or what an earlier run kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from plumbline.machine import give_back_memory
from plumbline.pose._bundles import bundle_path, sha256_of
from plumbline.pose._cache import footage_file, load_footage, save_footage
from plumbline.pose._estimator import Footage, watch
from plumbline.pose._mediapipe import MediaPipeEstimator
from plumbline.video import ClipInfo, read_frames

# Frames are decoded at this size for the pose model, whose own input is 256 px square.
POSE_LONG_EDGE = 960


def see(
    clip: ClipInfo,
    *,
    model: str | None = None,
    on_frame: Callable[[int], None] | None = None,
    cache: bool = True,
    threads: int | None = None,
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
    """
    bundle = bundle_path(model)
    film = sha256_of(clip.path)
    kept = footage_file(film, bundle, POSE_LONG_EDGE) if cache else None
    known = load_footage(kept, clip) if kept else None
    if known is not None:
        return replace(known, film_sha256=film)
    footage = watch(
        lambda: read_frames(clip, long_edge=POSE_LONG_EDGE),
        clip,
        lambda people: MediaPipeEstimator(bundle, people=people, threads=threads),
        on_frame,
    )
    give_back_memory()  # the models are closed; a long film's measuring takes their place
    if kept:
        save_footage(kept, footage, clip)
    return replace(footage, film_sha256=film)
