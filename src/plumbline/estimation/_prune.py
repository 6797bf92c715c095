"""Takes an output out of a TensorFlow Lite model, with all that only it needs.

MediaPipe's landmark model also draws a mask of the person, at the picture's full size, whether
anybody asks for it or not: two fifths of its time. Without that branch the landmarks are the
same to the last bit (tests/estimation/test_bundles.py).

The file is a FlatBuffer, edited in place: positions of what stays do not change.
https://flatbuffers.dev/internals/ and the TensorFlow Lite schema (version 3).
"""

from __future__ import annotations

import struct

# Places of fields in the schema's tables.
MODEL_SUBGRAPHS, SUBGRAPH_OUTPUTS, SUBGRAPH_OPERATORS = 2, 2, 3
OPERATOR_INPUTS, OPERATOR_OUTPUTS = 1, 2
WORD = 4


class _Buffer:
    """Reads and writes the few kinds of things that are needed here; all positions in bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = bytearray(content)

    def number(self, at: int) -> int:
        return int(struct.unpack_from("<i", self.content, at)[0])

    def put(self, at: int, value: int) -> None:
        struct.pack_into("<i", self.content, at, value)

    def follow(self, at: int) -> int:
        """Where a reference points, which counts from itself."""
        return at + self.number(at)

    def field(self, table: int, place: int) -> int:
        """Position of a table's field; 0 where it is left out."""
        names = table - self.number(table)
        size = struct.unpack_from("<H", self.content, names)[0]
        at = 4 + 2 * place  # after the sizes of this list and of the table
        offset = struct.unpack_from("<H", self.content, names + at)[0] if at < size else 0
        return table + int(offset) if offset else 0

    def vector(self, field: int) -> tuple[int, int]:
        """Position of a vector's first item, and how many there are."""
        if not field:
            return 0, 0
        at = self.follow(field)
        return at + WORD, self.number(at)

    def numbers(self, field: int) -> list[int]:
        start, count = self.vector(field)
        return [self.number(start + WORD * i) for i in range(count)]


def without_output(model: bytes, place: int) -> bytes:
    """A model whose output at `place` is no longer computed; the one before stands there instead.

    Parameters
    ----------
    model : bytes
        A `.tflite` file with one subgraph.
    place : int
        From 1 up: outputs keep their places.
    """
    buffer = _Buffer(model)
    graphs, _ = buffer.vector(buffer.field(buffer.follow(0), MODEL_SUBGRAPHS))
    graph = buffer.follow(graphs)
    outputs_field, operators_field = (buffer.field(graph, f) for f in (SUBGRAPH_OUTPUTS, SUBGRAPH_OPERATORS))
    outputs = buffer.numbers(outputs_field)
    start, count = buffer.vector(operators_field)
    operators = [buffer.follow(start + WORD * i) for i in range(count)]
    wanted = {tensor for i, tensor in enumerate(outputs) if i != place}
    kept = []
    for operator in reversed(operators):
        if wanted.intersection(buffer.numbers(buffer.field(operator, OPERATOR_OUTPUTS))):
            wanted.update(buffer.numbers(buffer.field(operator, OPERATOR_INPUTS)))
            kept.append(operator)
    for i, operator in enumerate(reversed(kept)):
        at = start + WORD * i
        buffer.put(at, operator - at)
    buffer.put(start - WORD, len(kept))
    first, _ = buffer.vector(outputs_field)
    buffer.put(first + WORD * place, outputs[place - 1])
    return bytes(buffer.content)
