"""MediaPipe's PoseLandmarker (Tasks API), giving raw landmarks."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.errors import ModelError, opencv_libraries
from plumbline.machine import keep_freed_memory, pose_threads
from plumbline.pose.landmarks import N_LANDMARKS

# PoseLandmarker's video mode always smooths, by the time stamps it is given. Stamps
# that lie this far apart make the smoother pass every landmark through unchanged,
# while tracking from frame to frame stays on.
FAR_APART_MS = 1_000_000


# Standard error belongs to the process: one thread at a time may turn it away.
_STDERR = threading.Lock()


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Silence the C++ log lines that MediaPipe prints while it loads."""
    with _STDERR, _stderr_turned_away():
        yield


@contextmanager
def _stderr_turned_away() -> Iterator[None]:
    try:
        target = sys.__stderr__.fileno() if sys.__stderr__ is not None else -1
    except (OSError, ValueError):
        target = -1
    if target < 0:
        yield
        return
    saved, sink = os.dup(target), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, target)
        yield
    finally:
        os.dup2(saved, target)
        os.close(saved)
        os.close(sink)


@contextmanager
def _without_matplotlib() -> Iterator[None]:
    """Import MediaPipe without what only its older drawing tools need: it takes a second to load."""
    names = ("matplotlib", "matplotlib.pyplot")
    if any(name in sys.modules for name in names):
        yield
        return
    sys.modules.update({name: ModuleType(name) for name in names})
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


def load_mediapipe() -> None:
    """Load MediaPipe without its log lines; later calls return at once.

    Raises
    ------
    PlumblineError
        When a library of the system is missing, with how to install it.
    """
    os.environ.setdefault("GLOG_minloglevel", "3")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with _quiet_stderr(), opencv_libraries(), _without_matplotlib():
        import mediapipe.tasks.python.vision  # noqa: F401


def _on_threads(options: type[Any], threads: int) -> type[Any]:
    """MediaPipe's `BaseOptions` with a number of threads, which its own has no field for (XNNPACK's default is one)."""
    from mediapipe.calculators.tensor.inference_calculator_pb2 import InferenceCalculatorOptions

    xnnpack = InferenceCalculatorOptions.Delegate.Xnnpack(num_threads=threads)

    class OnThreads(options):  # type: ignore[misc]
        def to_pb2(self) -> Any:
            message = super().to_pb2()
            message.acceleration.xnnpack.CopyFrom(xnnpack)
            return message

    return OnThreads


class MediaPipeEstimator:
    """Landmarks of the people in each frame; use as a context manager.

    Parameters
    ----------
    bundle : Path
        A `.task` file (detector and landmark model).
    name : str, optional
        Shown in the report.
    people : int
        The most people found in a frame. With more than one MediaPipe looks over every
        whole frame anew, which about doubles the time.
    smooth : bool
        Keep MediaPipe's own smoother, as its documentation has it. Only for comparing:
        it delays and flattens fast movement. Needs `step_ms`.
    step_ms : float
        Frame interval handed to the smoother when `smooth` is on.
    threads : int, optional
        Threads that share the work on a frame, as `machine.pose_threads` has it by default. The
        landmarks are the same to the last bit.

    Raises
    ------
    ModelError
        When the bundle is not one MediaPipe accepts.
    """

    def __init__(
        self,
        bundle: Path,
        name: str | None = None,
        *,
        people: int = 1,
        smooth: bool = False,
        step_ms: float = 1000 / 60,
        threads: int | None = None,
    ) -> None:
        keep_freed_memory()
        load_mediapipe()
        import mediapipe as mp
        from mediapipe.tasks import python as tasks
        from mediapipe.tasks.python import vision

        with _quiet_stderr():
            options = vision.PoseLandmarkerOptions(
                base_options=_on_threads(tasks.BaseOptions, threads or pose_threads())(model_asset_path=str(bundle)),
                running_mode=vision.RunningMode.VIDEO,
                num_poses=people,
            )
            try:
                self._landmarker: Any = vision.PoseLandmarker.create_from_options(options)
            except (RuntimeError, ValueError, OSError) as error:
                raise ModelError(
                    "{bundle} is not a pose model that can be used: run 'plumbline models verify', or take the "
                    "default model.",
                    bundle=bundle,
                ) from error
            self._image: Any = mp.Image
            self._format: Any = mp.ImageFormat.SRGB
        self.name = name or bundle.stem
        self._step_ms = step_ms if smooth else float(FAR_APART_MS)
        self._count = 0
        self._settled = False  # MediaPipe prints until its first person went through

    def detect(self, image: NDArray[np.uint8]) -> FloatArray:
        """Find the landmarks (k, 33, 3) in the next RGB frame `image` (h, w, 3); see `PoseEstimator`."""
        stamp = round(self._count * self._step_ms)
        wrapped = self._image(image_format=self._format, data=np.ascontiguousarray(image))
        if not self._settled:
            with _quiet_stderr():
                result = self._landmarker.detect_for_video(wrapped, stamp)
        else:
            result = self._landmarker.detect_for_video(wrapped, stamp)
        self._count += 1
        people = result.pose_landmarks or []
        self._settled = self._settled or bool(people)
        rows = [[(p.x, p.y, p.visibility) for p in one] for one in people]
        return np.array(rows, float).reshape(-1, N_LANDMARKS, 3)

    def close(self) -> None:
        """Release the model."""
        self._landmarker.close()

    def __enter__(self) -> MediaPipeEstimator:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
