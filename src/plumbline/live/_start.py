"""What an athlete is told to do as counting begins."""

from __future__ import annotations

from plumbline.catalogue import Drill

# By the way in which reps are cut.
START = {
    "hops": "Hop",
    "jumps": "Jump",
    "landings": "Step off and land",
    "dips": "Down and up",
    "shallow_dips": "Down and up",
    "lifts": "Lift the knees",
    "holds": "Hold still",
    "arabesques": "Tip forward",
    "stances": "Lift one foot",
    "raises": "Rise on the toes",
    "recoveries": "Heel to buttock",
    "kicks": "Kick back",
}


def start_words(drill: Drill | None) -> str:
    """What to do as counting begins, in the drill's own word."""
    return START.get(drill.segment if drill is not None else "", "Go")
