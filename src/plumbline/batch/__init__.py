"""Many clips, on all cores or on a cluster: each measured once, all gathered in one table."""

from plumbline.batch._clips import find_clips, left_out
from plumbline.batch._collect import collect
from plumbline.batch._measure import Outcome, Wish, measure_clip
from plumbline.batch._run import Cluster, run_batch

__all__ = ["Cluster", "Outcome", "Wish", "collect", "find_clips", "left_out", "measure_clip", "run_batch"]
