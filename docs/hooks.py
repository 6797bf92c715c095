"""What is done to the site's pages beside what mkdocs does."""

import re
from typing import Any


def on_page_content(html: str, **_: Any) -> str:
    """Take the dash away behind a parameter whose name and type say all."""
    return re.sub(r'\s*–\s*<div class="doc-md-description">\s*</div>', "", html)
