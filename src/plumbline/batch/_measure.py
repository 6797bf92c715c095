"""One clip of many: measured into a folder of its own, or passed over when that was done before."""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from plumbline.errors import ClipError, PlumblineError, readable
from plumbline.files import FILM, OUTCOME, part_of
from plumbline.resources import DATA

CLIPS = "clips"
KEY_DIGITS = 24


class Wish(BaseModel):
    """What is wanted of every clip.

    Attributes
    ----------
    drill : str
        "auto" or a drill's id.
    film : bool
        Write the annotated film too.
    model, limits : optional
        As `plumbline.analyze` takes them.
    cache : bool
        Keep the landmarks in the user's cache folder too.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    drill: str = "auto"
    film: bool = False
    model: str | None = None
    limits: Path | None = None
    cache: bool = False

    def key(self) -> str:
        """Hash of everything that decides the results: the wish, the language, the limits' text, Plumbline's tables."""
        from plumbline import __version__
        from plumbline.estimation import bundle_path, sha256_of
        from plumbline.language import current

        model = sha256_of(bundle_path(self.model))
        digest = hashlib.sha256(f"{__version__} {self.drill} {self.film} {model} {current()}".encode())
        tables = sorted(DATA.rglob("*.toml"))
        for file in [*tables, self.limits] if self.limits else tables:
            digest.update(file.read_bytes())
        return digest.hexdigest()[:KEY_DIGITS]


class Outcome(BaseModel):
    """What became of one clip.

    Attributes
    ----------
    schema_id : str
        Name and version of this format.
    clip : str
        The film's path.
    sha256 : str
        Its hash.
    wish : str
        What was wanted, as `Wish.key` gives it.
    status : {"measured", "known", "failed"}
        "known" where the same was measured before.
    error : str
        What went wrong, in one line.
    seconds : float
        How long it took, s.
    folder : str
        Of its results, below the batch's own.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    schema_id: Literal["plumbline/outcome/1"] = Field(default="plumbline/outcome/1", alias="schema")
    clip: str
    sha256: str = ""
    wish: str = ""
    status: Literal["measured", "known", "failed"]
    error: str = ""
    seconds: float = 0.0
    folder: str = ""


def read_outcome(folder: Path) -> Outcome | None:
    """What a clip's folder says became of it, None where it says nothing that can be read or its report is gone."""
    if not (folder / "report.json").is_file():
        return None
    try:
        return Outcome.model_validate_json((folder / OUTCOME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        return None


def measure_clip(clip: str, out: str, wish: Wish) -> Outcome:
    """Measure one clip into `out`, unless the same film was measured there with the same wish.

    Results are written into a folder beside and renamed, so a folder that is there is whole.
    Never raises for a clip: what went wrong is in the outcome.

    Parameters
    ----------
    clip, out : str
        Paths, valid where this runs.
    wish : Wish

    Returns
    -------
    Outcome
    """
    begun = time.monotonic()
    path, outcome = Path(clip), Outcome(clip=readable(clip), status="failed")
    try:
        from plumbline.estimation import sha256_of

        outcome.wish = wish.key()
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe or a device has no end
            outcome.error = ClipError("{path} is not a file: give the path of one video file.", path=path).said
            return outcome
        outcome.sha256 = sha256_of(path)
        outcome.folder = f"{CLIPS}/{outcome.sha256[:KEY_DIGITS]}"
        known = read_outcome(Path(out) / outcome.folder)
        if known is not None and known.wish == outcome.wish:
            return outcome.model_copy(update={"status": "known", "seconds": known.seconds})
        outcome.status = "measured"
        _measure(path, Path(out), wish, outcome, begun)
    except OSError as error:
        refused = ClipError("{path} cannot be read or its results written: {error}.", path=path, error=error)
        outcome.status, outcome.error = "failed", refused.said
    except PlumblineError as error:
        outcome.status, outcome.error = "failed", error.said
    except Exception as error:  # one bad clip must not stop the others
        outcome.status = "failed"
        outcome.error = f"{path} failed in a way not foreseen: {type(error).__name__}: {error}"
    outcome.error = readable(outcome.error)
    return outcome


def _measure(clip: Path, out: Path, wish: Wish, outcome: Outcome, begun: float) -> None:
    from plumbline.draw import write_film
    from plumbline.estimation import see
    from plumbline.files import write_text
    from plumbline.pipeline import measure_footage
    from plumbline.report import build_report
    from plumbline.request import Limits, Request
    from plumbline.results import documents, key_stills, key_times
    from plumbline.video import probe

    folder = out / outcome.folder
    part = part_of(folder)
    try:
        limits, film = Limits.load(wish.limits), probe(clip)
        # One thread: each core has a worker of its own.
        footage = see(film, model=wish.model, cache=wish.cache, threads=1, glimpses=not wish.film)
        analysis = measure_footage(footage, film, Request(drill=wish.drill), limits)
        report = build_report(analysis)
        part.mkdir(parents=True)
        if wish.film:
            pictures = write_film(analysis, part / FILM, stills_s=key_times(analysis))
        else:
            pictures = key_stills(analysis)
        for name, parts in documents(analysis, report, pictures):
            write_text(part / name, parts)
        outcome.seconds = round(time.monotonic() - begun, 3)
        write_text(part / OUTCOME, outcome.model_dump_json(by_alias=True) + "\n")
        shutil.rmtree(folder, ignore_errors=True)  # of another wish
        try:
            part.rename(folder)
        except OSError:
            if read_outcome(folder) is None:  # else the same film, met twice at once, is there by now
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
