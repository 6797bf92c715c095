"""What is done to the site's pages beside what mkdocs does."""

import re
from typing import Any


def on_page_content(html: str, **_: Any) -> str:
    """Remove the dash after a parameter that has no description."""
    return re.sub(r'\s*–\s*<div class="doc-md-description">\s*</div>', "", html)
