"""What a person can be tall and heavy, and the units that bodies are measured in."""

from __future__ import annotations

SHORTEST_M, TALLEST_M = 0.8, 2.5
LIGHTEST_KG, HEAVIEST_KG = 15.0, 300.0
INCH_M, FOOT_IN, POUND_KG = 0.0254, 12, 0.45359237
