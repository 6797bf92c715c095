"""Footage kept on this machine, so that a clip is seen by the pose model only once.

A file's name holds hashes of the film's content, the pose model and the way of looking, so a
changed film or model is never mixed up with an older one. `PLUMBLINE_CACHE` moves the folder.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np

from plumbline.camera import CameraPath, Doubt, Instants, Uprights
from plumbline.clip import ClipInfo
from plumbline.estimation._bundles import cache_root, sha256_of
from plumbline.estimation._settings import ESTIMATION
from plumbline.files import delete, part_of
from plumbline.pose import Footage, People

# Raised when the way landmarks are found changes: older files are then no longer read.
VERSION = 16
FILM_DIGITS = 24


def footage_file(film_sha256: str, bundle: Path, long_edge: int) -> Path:
    """Where a film's footage is kept; the name begins with the film's hash, so that all of it can be found."""
    parts = (film_sha256, sha256_of(bundle), str(long_edge), f"v{VERSION}")
    key = hashlib.sha256(" ".join(parts).encode()).hexdigest()
    return _folder() / f"{film_sha256[:FILM_DIGITS]}_{key[:24]}.npz"


def _folder() -> Path:
    return cache_root() / "landmarks"


def forget_footage(film_sha256: str) -> int:
    """Delete everything kept of the film whose hash is `film_sha256`; returns how many files there were."""
    if len(film_sha256) < FILM_DIGITS:
        return 0
    found = list(_folder().glob(f"{film_sha256[:FILM_DIGITS]}_*.npz"))
    for file in found:
        delete(file)
    return len(found)


def load_footage(path: Path, clip: ClipInfo) -> Footage | None:
    """Read kept footage, None when there is none that can be used.

    Times are kept as the file's own and rescaled by the clip's slow motion.
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            size = (int(data["width"]), int(data["height"]))
            people = People(
                data["time_s"] * clip.time_scale,
                data["xy"].astype(float),
                data["visibility"].astype(float),
                *size,
                str(data["model"]),
            )
            doubt = Doubt(*(float(x) for x in data["doubt"]))
            camera = CameraPath(data["to_first"], data["known"], size, tuple(int(k) for k in data["cuts"]), doubt)
            tilt, sd, lines = data["uprights"]
            turn, light, unread = int(data["turn"]), float(data["light"]), int(data["unread"])
            instants = Instants(data["stored"], data["stored_s"], data["instants_s"]) if len(data["stored"]) else None
    except (OSError, ValueError, TypeError, IndexError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None
    if size != (clip.width, clip.height):
        return None
    with suppress(OSError):
        path.touch()
    upright = Uprights(float(tilt), float(sd), int(lines)) if lines else None
    turned = turn if turn >= 0 else None
    return Footage(people, camera, upright, instants=instants, turn=turned, light=light, unread=unread)


def save_footage(path: Path, footage: Footage, clip: ClipInfo) -> None:
    """Keep footage, whole or not at all; a folder that cannot be written to is passed over."""
    part = part_of(path, ".npz")
    people, camera, lines = footage.people, footage.camera, footage.uprights
    distinct = footage.instants or Instants(np.zeros(0, int), np.zeros(0), np.zeros(0))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            part,
            time_s=people.time_s / clip.time_scale,
            xy=people.xy,
            visibility=people.visibility.astype(np.float32),
            width=people.width,
            height=people.height,
            model=people.model,
            to_first=camera.to_first,
            known=camera.known,
            cuts=np.array(camera.cuts, int),
            doubt=(camera.doubt.shift_px, camera.doubt.zoom, camera.doubt.roll_deg),
            turn=-1 if footage.turn is None else footage.turn,
            light=footage.light,
            unread=footage.unread,
            uprights=(lines.tilt_deg, lines.sd_deg, lines.lines) if lines else (0.0, 0.0, 0.0),
            stored=distinct.stored,
            stored_s=distinct.stored_s,
            instants_s=distinct.time_s,
        )
        part.replace(path)
        _drop_oldest(path.parent)
    except OSError:
        pass
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _drop_oldest(folder: Path) -> None:
    """Keep the folder from growing without end."""
    files = sorted(folder.glob("*.npz"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in files[ESTIMATION.max_kept_films :]:
        old.unlink(missing_ok=True)
