"""Film in, film out: probing, decoding, the camera's movement, encoding."""

from plumbline.video._camera import watch_live
from plumbline.video._camera_path import CameraPath, CameraTracker
from plumbline.video._instants import Instants, find_instants
from plumbline.video._mirror import mirror
from plumbline.video._probe import FILM_TYPES, OTHER_FILM_TYPES, ClipInfo, Ramp, probe
from plumbline.video._reader import Frame, fit_within, read_frames
from plumbline.video._uprights import Uprights, find_uprights, pooled, segments
from plumbline.video._writer import FilmWriter
from plumbline.video._yuv import to_bgr, to_yuv, yuv_blank, yuv_part, yuv_planes, yuv_put, yuv_size

__all__ = [
    "FILM_TYPES",
    "OTHER_FILM_TYPES",
    "CameraPath",
    "CameraTracker",
    "ClipInfo",
    "FilmWriter",
    "Frame",
    "Instants",
    "Ramp",
    "Uprights",
    "find_instants",
    "find_uprights",
    "fit_within",
    "mirror",
    "pooled",
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
