"""The loop to beat: OpenCV decodes, MediaPipe looks at every full-size frame, nothing else.

    uv run python benchmarks/bare_loop.py CLIP

The Full model in VIDEO mode, as MediaPipe's documentation has it. `benchmarks/speed.py` times
this as a whole process against `plumbline analyze`.
"""

from __future__ import annotations

import sys

import cv2
import mediapipe as mp
from mediapipe.tasks import python as tasks
from mediapipe.tasks.python import vision

from plumbline.estimation import bundle_path


def main() -> None:
    """Print how many frames had somebody in them."""
    options = vision.PoseLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(bundle_path("whole"))),
        running_mode=vision.RunningMode.VIDEO,
    )
    capture = cv2.VideoCapture(sys.argv[1])
    fps = capture.get(cv2.CAP_PROP_FPS)
    count = found = 0
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        while True:
            ok, image = capture.read()
            if not ok:
                break
            rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            result = landmarker.detect_for_video(mp.Image(mp.ImageFormat.SRGB, rgb), round(1e3 * count / fps))
            found += bool(result.pose_landmarks)
            count += 1
    print(f"{found} of {count} frames")


if __name__ == "__main__":
    main()
