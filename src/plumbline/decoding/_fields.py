"""Interlaced frames taken apart into the two instants that each holds. Runs in the child process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import av
from av.filter import Graph
from av.video.stream import VideoStream

# Bob Weaver: one picture a field. Where frames say their order, those that are whole pass unchanged.
FILTER = "bwdif"
HOW = {
    "auto": "mode=send_field:parity=auto:deint=interlaced",
    "tff": "mode=send_field:parity=tff:deint=all",
    "bff": "mode=send_field:parity=bff:deint=all",
}


def _graph(stream: VideoStream, frame: av.VideoFrame, order: str) -> Graph:
    graph = Graph()
    source = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base or stream.time_base
    )
    bobbed, sink = graph.add(FILTER, HOW[order]), graph.add("buffersink")
    source.link_to(bobbed)
    bobbed.link_to(sink)
    graph.configure()
    return graph


def _ready(graph: Graph) -> Iterator[av.VideoFrame]:
    while True:
        try:
            yield graph.vpull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def fields(frames: Iterable[av.VideoFrame], stream: VideoStream, order: str) -> Iterator[av.VideoFrame]:
    """Two whole pictures of each interlaced frame, each with its own time."""
    graph, shape = None, None
    for frame in frames:
        now = (frame.width, frame.height, frame.format.name)
        if graph is None or now != shape:
            if graph is not None:
                graph.vpush(None)
                yield from _ready(graph)
            graph, shape = _graph(stream, frame, order), now
        graph.vpush(frame)
        yield from _ready(graph)
    if graph is not None:
        graph.vpush(None)
        yield from _ready(graph)
