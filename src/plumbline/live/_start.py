"""What an athlete is told to do as counting begins."""

from __future__ import annotations

from plumbline.catalogue import Drill
from plumbline.language import N_, say

# By the way in which reps are cut.
START = {
    "hops": N_("Hop"),
    "jumps": N_("Jump"),
    "landings": N_("Step off and land"),
    "dips": N_("Down and up"),
    "shallow_dips": N_("Down and up"),
    "lifts": N_("Lift the knees"),
    "holds": N_("Hold still"),
    "arabesques": N_("Tip forward"),
    "stances": N_("Lift one foot"),
    "raises": N_("Rise on the toes"),
    "recoveries": N_("Heel to buttock"),
    "kicks": N_("Kick back"),
}


def start_words(drill: Drill | None) -> str:
    """What to do as counting begins, in the word of `drill`."""
    return say(START.get(drill.segment if drill is not None else "", N_("Go")))
