"""Film in, film out: probing, decoding and encoding with PyAV, nothing else."""

from plumbline.video._probe import ClipInfo, probe
from plumbline.video._reader import Frame, fit_within, read_frames
from plumbline.video._writer import FilmWriter

__all__ = ["ClipInfo", "FilmWriter", "Frame", "fit_within", "probe", "read_frames"]
