"""A figure with known joints: motions, rendering, films with truth beside them."""

from plumbline.synthetic.balance import Stand, arabesques, balance
from plumbline.synthetic.body import Body
from plumbline.synthetic.camera import Camera, frame_camera, project_motion
from plumbline.synthetic.film import Shot, write_film
from plumbline.synthetic.frontal import Frontal, front_camera, in_the_frontal_plane
from plumbline.synthetic.gait import Stride, running
from plumbline.synthetic.hops import End, Hop, Start, hop_series
from plumbline.synthetic.motion import Motion, Repeat, TrueRep
from plumbline.synthetic.render import Look, frames
from plumbline.synthetic.samples import (
    planted_faults,
    random_hop_clip,
    random_hops,
    render_clip,
    sample_motions,
    truth_path,
)
from plumbline.synthetic.slow import Dip, Step, high_knees, lunges, squats, standing
from plumbline.synthetic.strength import ankle_recoveries, donkey_kicks, heel_raises, quarter_squats
from plumbline.synthetic.truth import true_metrics, truth_document, write_truth

__all__ = [
    "Body",
    "Camera",
    "Dip",
    "End",
    "Frontal",
    "Hop",
    "Look",
    "Motion",
    "Repeat",
    "Shot",
    "Stand",
    "Start",
    "Step",
    "Stride",
    "TrueRep",
    "ankle_recoveries",
    "arabesques",
    "balance",
    "donkey_kicks",
    "frame_camera",
    "frames",
    "front_camera",
    "heel_raises",
    "high_knees",
    "hop_series",
    "in_the_frontal_plane",
    "lunges",
    "planted_faults",
    "project_motion",
    "quarter_squats",
    "random_hop_clip",
    "random_hops",
    "render_clip",
    "running",
    "sample_motions",
    "squats",
    "standing",
    "true_metrics",
    "truth_document",
    "truth_path",
    "write_film",
    "write_truth",
]
