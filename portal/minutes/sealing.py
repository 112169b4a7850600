"""The one spelling of sealed minutes, and the figures by which they are known again. Pure."""

import json
from typing import Any

from ..core.digests import digest

FORMAT = "yishiting-minutes/1"


def spelled(document: dict[str, Any]) -> str:
    """Sorted keys, no spaces, one line: whoever has the file gets the same figure with any tool."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def chained(before: str, position: int, text: str, at: str) -> str:
    """The figure of an addendum; `before`: that of the minutes, or of the addendum before it."""
    return digest(spelled({"before": before, "position": position, "text": text, "at": at}))
