"""Pose model bundles: assembled from the installed wheel, dropped in, or fetched.

A bundle (`.task`) is a zip of a person detector and a landmark model. Measuring opens
no network connection; `fetch` does, and only when it is called.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import urllib.request
import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from plumbline.errors import ModelError, SettingsError
from plumbline.estimation._prune import without_output
from plumbline.estimation._settings import ESTIMATION
from plumbline.files import part_of, user_folder
from plumbline.resources import CHECKOUT, data_file, read_toml

# Raised when bundles are put together in another way: older ones are then made again.
ASSEMBLY = 2
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Bundle:
    """A model that is known or was dropped in.

    Attributes
    ----------
    name : str
        What it is chosen by.
    path : Path
        Where its file lies, or will lie.
    state : {"ready", "not fetched", "assembled on first use"}
    licence, origin : str
    """

    name: str
    path: Path
    state: str
    licence: str
    origin: str


def cache_root() -> Path:
    """Folder of everything kept between runs (`PLUMBLINE_CACHE` overrides it)."""
    given = os.environ.get("PLUMBLINE_CACHE")
    return Path(given) if given else user_folder("cache")


def cache_folder() -> Path:
    """Folder of assembled and fetched bundles."""
    return cache_root() / "models"


def drop_in_folders() -> list[Path]:
    """Folders in which a user may put `.task` files."""
    folders = [Path.cwd() / "models", CHECKOUT / "models"]
    return [f for i, f in enumerate(folders) if f.is_dir() and f not in folders[:i]]


def _manifest() -> dict[str, Any]:
    return read_toml(data_file("models.toml", "models/manifest.toml"))


def sha256_of(path: Path) -> str:
    """SHA-256 of the file at `path`, as hex."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        for block in iter(lambda: handle.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def _wheel_folder() -> Path:
    spec = find_spec("mediapipe")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("mediapipe is not installed: run 'uv sync' or 'pip install .' in Plumbline's folder.")
    return Path(spec.submodule_search_locations[0])


def _part_bytes(part: dict[str, Any]) -> bytes:
    """One model of the wheel, checked, with the image normalisation written into it, without what nobody reads."""
    path = _wheel_folder() / part["source"]
    if not path.is_file() or sha256_of(path) != part["sha256"]:
        raise ModelError(
            "{path} is missing or changed: reinstall mediapipe 0.10.21 (uv sync --reinstall-package mediapipe).",
            path=path,
        )
    from mediapipe.tasks.python.metadata.metadata_writers import metadata_writer

    writer = metadata_writer.MetadataWriter.create(bytearray(path.read_bytes()))
    writer.add_image_input([part["mean"]], [part["std"]])
    model = bytes(writer.populate()[0])
    return without_output(model, part["without_output"]) if "without_output" in part else model


def _make_cache(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(
            "{folder} cannot be made: {strerror}. Set PLUMBLINE_CACHE to a folder you may write to.",
            folder=folder,
            strerror=error.strerror,
        ) from error


def _assemble(entry: dict[str, Any], target: Path) -> None:
    """Write a bundle beside its place, then rename; note its hash beside it."""
    _make_cache(target.parent)
    part_file = part_of(target)
    try:
        with zipfile.ZipFile(part_file, "w", zipfile.ZIP_STORED) as bundle:
            for part in entry["parts"]:
                bundle.writestr(zipfile.ZipInfo(part["name"], ZIP_EPOCH), _part_bytes(part))
        _hash_file(target).write_text(sha256_of(part_file), encoding="ascii")
        part_file.replace(target)
    except OSError as error:
        raise ModelError(
            "the pose model cannot be written to {parent}: {strerror}. Set PLUMBLINE_CACHE to a folder you may write "
            "to.",
            parent=target.parent,
            strerror=error.strerror,
        ) from error
    finally:
        part_file.unlink(missing_ok=True)


def _hash_file(target: Path) -> Path:
    return target.with_suffix(f".{ASSEMBLY}.sha256")


def _intact(entry: dict[str, Any], path: Path) -> bool:
    """Whether a cached bundle has the hash it should have."""
    if not path.is_file():
        return False
    if entry["how"] == "fetched":
        return sha256_of(path) == entry["sha256"]
    noted = _hash_file(path)
    return noted.is_file() and noted.read_text(encoding="ascii").strip() == sha256_of(path)


def _dropped_in(file_name: str) -> Path | None:
    for folder in drop_in_folders():
        if (folder / file_name).is_file():
            return folder / file_name
    return None


def bundle_path(name: str | None = None) -> Path:
    """Path of a model bundle, assembled first where needed.

    Parameters
    ----------
    name : str, optional
        "full" (default), "lite", "heavy", the name of a `.task` file in `models/`, or
        a path to one.

    Returns
    -------
    Path

    Raises
    ------
    ModelError
        When there is no such model, it was not fetched yet, or it does not verify.
    """
    manifest = _manifest()
    name = name or next(k for k, v in manifest.items() if v.get("default"))
    if name.endswith(".task") and Path(name).is_file():
        return Path(name)
    entry = manifest.get(name)
    dropped = _dropped_in(entry["file"] if entry else name.removesuffix(".task") + ".task")
    if dropped is not None:
        return dropped
    if entry is None:
        known = ", ".join(b.name for b in list_bundles())
        raise ModelError(
            "there is no pose model '{name}': choose one of {known}, or a .task file.", name=name, known=known
        )
    target = cache_folder() / entry["file"]
    if _intact(entry, target):
        return target
    if entry["how"] == "assembled":
        _assemble(entry, target)
        return target
    raise ModelError(
        "the pose model '{name}' is not on this machine: run 'plumbline models fetch {name}' with a network, or put "
        "{value} into the folder models/.",
        name=name,
        value=entry["file"],
    )


def list_bundles() -> list[Bundle]:
    """All known and dropped-in models with their state."""
    out, files = [], set()
    for name, entry in _manifest().items():
        files.add(entry["file"])
        dropped = _dropped_in(entry["file"])
        path = dropped or cache_folder() / entry["file"]
        if dropped or _intact(entry, path):
            state = "ready"
        else:
            state = "assembled on first use" if entry["how"] == "assembled" else "not fetched"
        out.append(Bundle(name, path, state, entry["licence"], entry["origin"]))
    for folder in drop_in_folders():
        for path in sorted(folder.glob("*.task")):
            if path.name not in files:
                out.append(Bundle(path.stem, path, "ready", "its own", "dropped in"))
    return out


def verify() -> list[tuple[str, bool, str]]:
    """Check every model that is on this machine: (name, whether it is right, why)."""
    out = []
    for name, entry in _manifest().items():
        dropped = _dropped_in(entry["file"])
        path = dropped or cache_folder() / entry["file"]
        if not path.is_file():
            out.append((name, True, "not on this machine yet"))
        elif dropped and entry["how"] == "assembled":
            good = zipfile.is_zipfile(dropped)
            out.append((name, good, "dropped in, hash not known" if good else "not a model bundle"))
        else:
            good = _intact(entry, path)
            out.append((name, good, "sha256 agrees" if good else f"sha256 differs: delete {path}"))
    return out


def fetch(name: str) -> Path:
    """Download an official bundle over HTTPS and check its hash.

    Parameters
    ----------
    name : str
        "lite" or "heavy"; "full" is put together from what is installed.

    Returns
    -------
    Path
        In the user's cache folder.

    Raises
    ------
    ModelError
        When there is no network, no such model, or the hash differs.
    SettingsError
        When the manifest's address is not https.
    """
    entry = _manifest().get(name)
    if entry is None:
        raise ModelError("there is no pose model '{name}' to fetch: choose lite or heavy.", name=name)
    if entry["how"] == "assembled":
        return bundle_path(name)
    if not entry["origin"].startswith("https://"):
        raise SettingsError("the origin of '{name}' is not an https address.", name=name)
    target = cache_folder() / entry["file"]
    _make_cache(target.parent)
    part = part_of(target)
    try:
        with urllib.request.urlopen(entry["origin"], timeout=ESTIMATION.fetch_timeout_s) as answer:
            part.write_bytes(answer.read())
        if sha256_of(part) != entry["sha256"]:
            raise ModelError("the download of '{name}' is not the expected file: try again later.", name=name)
        part.replace(target)
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise ModelError(
            "the pose model '{name}' cannot be fetched: no network or no answer ({reason}). Fetch it on another "
            "machine and put {value} into the folder models/.",
            name=name,
            reason=reason,
            value=entry["file"],
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return target
