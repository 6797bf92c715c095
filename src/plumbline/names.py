"""Names of people compared as people write them."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    r"""What two ways of writing one name share: upper and lower case, composed and decomposed letters, spaces.

    Turkish has an i with a dot and one without, in both cases, and other keyboards make one of the other: both
    count as i.

    Examples
    --------
    >>> name_key("ÅSE  Berg") == name_key("A\u030ase berg")
    True
    """
    folded = unicodedata.normalize("NFC", " ".join(name.split())).casefold()
    return unicodedata.normalize("NFC", folded.replace("i\N{COMBINING DOT ABOVE}", "i").replace("ı", "i"))
