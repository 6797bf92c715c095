"""Film in, film out: probing, decoding, the camera's movement, encoding."""

from plumbline.video._camera_tracker import CameraTracker
from plumbline.video._mirror import mirror
from plumbline.video._picture_change import PictureChange
from plumbline.video._probe import FILM_TYPES, OTHER_FILM_TYPES, probe
from plumbline.video._reader import Frame, fit_within, read_frames
from plumbline.video._segments import segments
from plumbline.video._webcam import watch_live
from plumbline.video._writer import FilmWriter
from plumbline.video._yuv import to_bgr, to_yuv, yuv_blank, yuv_part, yuv_planes, yuv_put, yuv_size

__all__ = [
    "FILM_TYPES",
    "OTHER_FILM_TYPES",
    "CameraTracker",
    "FilmWriter",
    "Frame",
    "PictureChange",
    "fit_within",
    "mirror",
    "probe",
    "read_frames",
    "segments",
    "to_bgr",
    "to_yuv",
    "watch_live",
    "yuv_blank",
    "yuv_part",
    "yuv_planes",
    "yuv_put",
    "yuv_size",
]
