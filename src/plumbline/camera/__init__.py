"""What is known of the camera: how it moved and is turned, which pictures differ, where it was slowed."""

from plumbline.camera._instants import Instants, find_instants
from plumbline.camera._path import CameraPath, Doubt
from plumbline.camera._ramp import Ramp
from plumbline.camera._repeats import Repeats
from plumbline.camera._uprights import Uprights, find_uprights, pooled

__all__ = ["CameraPath", "Doubt", "Instants", "Ramp", "Repeats", "Uprights", "find_instants", "find_uprights", "pooled"]
