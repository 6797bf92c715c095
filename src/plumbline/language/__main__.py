"""`python -m plumbline.language nb`: bring a catalogue up to date and say what it lacks."""

from __future__ import annotations

import sys

from plumbline.language._extract import update

if __name__ == "__main__":
    for language in sys.argv[1:]:
        missing = update(language)
        sys.stdout.write("".join(f"{language} lacks: {text}\n" for text in missing))
        sys.stdout.write(f"{language}: {len(missing)} texts without a translation\n")
