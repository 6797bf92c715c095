"""Films are decoded by a child process: a file that brings the decoder down brings nothing else down."""

from plumbline.decoding._change import Change
from plumbline.decoding._facts import Facts, Order, Picture, Way
from plumbline.decoding._host import facts_of, pictures_of, prepare

__all__ = ["Change", "Facts", "Order", "Picture", "Way", "facts_of", "pictures_of", "prepare"]
