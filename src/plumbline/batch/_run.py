"""Clips handed out to workers: Dask keeps count of who does what, and of workers that die."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from plumbline.batch._measure import Outcome, Wish, measure_clip
from plumbline.errors import PlumblineError, SettingsError, readable
from plumbline.language import _
from plumbline.machine import cores

if TYPE_CHECKING:
    from distributed import Client, Future

# A clip on which so many workers died is given up.
DEATHS = 2
# Clips handed out ahead, a worker: a list of 100,000 is never in the scheduler's memory.
AHEAD = 4
# How long a cluster may take to answer, and to have its first worker, s.
ANSWER_S = 10


@dataclass(frozen=True)
class Cluster:
    """Where clips are measured.

    Attributes
    ----------
    workers : int, optional
        Processes on this machine; as many as cores by default.
    scheduler : str, optional
        Address of a Dask scheduler instead, such as tcp://10.0.0.5:8786. Its workers need
        Plumbline, and must see films and results under the same paths.

    Raises
    ------
    SettingsError
        When both are given, or so many workers are not possible.
    """

    workers: int | None = None
    scheduler: str | None = None

    def __post_init__(self) -> None:
        if self.workers is not None and self.scheduler is not None:
            raise SettingsError("give --workers or --scheduler, not both: a cluster has its own workers.")
        if self.workers is not None and not 1 <= self.workers <= 256:
            raise SettingsError("{workers} workers are not possible: give 1 to 256.", workers=self.workers)

    @contextmanager
    def client(self) -> Iterator[Client]:
        """Connect; a cluster of this machine's own is begun and ended.

        Yields
        ------
        distributed.Client

        Raises
        ------
        PlumblineError
            When Dask is not installed, or its scheduler does not answer or has no workers.
        """
        try:
            import dask
            import distributed
            from distributed import Client, LocalCluster
        except ImportError:
            raise PlumblineError(
                "batches need one more library: run it as 'uv run --extra batch plumbline batch …' in Plumbline's "
                "folder, or 'pip install \".[batch]\"' there first."
            ) from None
        dask.config.set({"distributed.scheduler.allowed-failures": DEATHS - 1})
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said in one line
        if self.scheduler:
            try:
                client = Client(self.scheduler, timeout=ANSWER_S)
            except (OSError, ValueError) as error:
                raise PlumblineError(
                    "no Dask scheduler answers at {scheduler}: check the address.", scheduler=self.scheduler
                ) from error
            with client:
                try:
                    client.wait_for_workers(1, timeout=ANSWER_S)
                except distributed.TimeoutError as error:
                    raise PlumblineError(
                        "the Dask scheduler at {scheduler} has no workers: start some, as 'dask worker {scheduler} "
                        "--nthreads 1' does.",
                        scheduler=self.scheduler,
                    ) from error
                yield client
            return
        count = self.workers or cores()
        # Loopback only and no dashboard: nothing of this is to be seen from outside.
        with (
            LocalCluster(
                n_workers=count, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
            ) as local,
            Client(local) as client,
        ):
            yield client


def run_batch(clips: Iterable[Path], out: Path, wish: Wish, cluster: Cluster) -> Iterator[Outcome]:
    """Measure clips and yield each outcome as it comes, in no order.

    A worker that dies is replaced and its clip begun anew elsewhere; a clip on which
    workers die again and again is given up. Stopping half-way loses nothing: what is
    measured stays in `out` and is passed over next time.

    Parameters
    ----------
    clips : iterable of Path
    out : Path
        The batch's folder.
    wish : Wish
    cluster : Cluster

    Yields
    ------
    Outcome

    Raises
    ------
    PlumblineError
        When there is no cluster, or it goes away meanwhile.
    """
    with cluster.client() as client:
        from distributed import as_completed

        todo, paths = enumerate(clips), dict[str, str]()
        # Two batches of one scheduler: a key stands for one piece of work to it, whoever hands it in.
        batch = secrets.token_hex(8)

        def hand_out(many: int) -> list[Future]:
            futures = []
            for number, clip in islice(todo, many):
                path = str(clip.absolute())
                key = f"clip-{batch}-{number}"
                future = client.submit(measure_clip, path, str(out.resolve()), wish, pure=False, key=key)
                paths[future.key] = path
                futures.append(future)
            return futures

        workers = max(len(client.nthreads()), 1)
        going = as_completed(hand_out(AHEAD * workers), raise_errors=False)
        for future in going:
            path = paths.pop(future.key)
            if future.status == "finished":
                yield future.result()
            elif future.status == "error":
                yield Outcome(clip=readable(path), status="failed", error=readable(_lost(path, future)))
            else:
                raise PlumblineError(
                    "the cluster's scheduler has gone away. What is measured is kept: "
                    "start the scheduler and run the same command again."
                )
            future.release()
            going.update(hand_out(1))


def _lost(path: str, future: Future) -> str:
    """Why a clip has no outcome of its own."""
    from distributed.scheduler import KilledWorker

    error = future.exception()
    if isinstance(error, KilledWorker):
        deaths = error.allowed_failures + 1  # a cluster by address has a number of its own
        return _(
            "{path} was given up: {deaths} workers died on it. Try it by itself with plumbline analyze.",
            path=path,
            deaths=deaths,
        )
    kind = type(error).__name__
    return _("{path} failed in a way not foreseen: {kind}: {error}", path=path, kind=kind, error=error)
