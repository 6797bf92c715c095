"""A figure with known joints: motions, rendering, films with truth beside them."""

from plumbline.synthetic.body import Body
from plumbline.synthetic.camera import Camera, frame_camera, project_motion
from plumbline.synthetic.film import Shot, write_film
from plumbline.synthetic.hops import End, Hop, Start, hop_series
from plumbline.synthetic.motion import Motion, TrueRep
from plumbline.synthetic.render import Look, frames
from plumbline.synthetic.samples import (
    planted_faults,
    random_hop_clip,
    random_hops,
    render_clip,
    sample_motions,
    truth_path,
    write_samples,
)
from plumbline.synthetic.slow import Dip, Step, high_knees, lunges, squats, standing
from plumbline.synthetic.truth import true_metrics, truth_document, write_truth

__all__ = [
    "Body",
    "Camera",
    "Dip",
    "End",
    "Hop",
    "Look",
    "Motion",
    "Shot",
    "Start",
    "Step",
    "TrueRep",
    "frame_camera",
    "frames",
    "high_knees",
    "hop_series",
    "lunges",
    "planted_faults",
    "project_motion",
    "random_hop_clip",
    "random_hops",
    "render_clip",
    "sample_motions",
    "squats",
    "standing",
    "true_metrics",
    "truth_document",
    "truth_path",
    "write_film",
    "write_samples",
    "write_truth",
]
