"""The codes of a door, of a meeting or of a shift: one that hangs on the wall and changes, and one that a person brings
along. Pure.

Both are short enough to be typed. The code on the wall is good for two minutes after it was shown, so that one can
scan it, sign in and confirm, and a photograph of it that is passed on soon is worth nothing.
"""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import datetime

SECONDS = 30
"""How long a code hangs on the wall before the next one."""
GOOD = 4
"""How many such spans it is taken for."""
DIGITS = 6


def code(secret: str, door: str, at: datetime) -> str:
    """What hangs on the wall of a door (`meeting:7`) at this moment: six digits."""
    return _digits(secret, f"door:{door}:{_span(at)}")


def fits(given: str, secret: str, door: str, at: datetime) -> bool:
    """Whether a code hung at this door just now."""
    typed = _plain(given)
    hung = (_digits(secret, f"door:{door}:{_span(at) - back}") for back in range(GOOD))
    return any(hmac.compare_digest(typed.encode(), one.encode()) for one in hung)


def left(at: datetime) -> int:
    """For how many seconds the code still hangs there."""
    return SECONDS - int(at.timestamp()) % SECONDS


def card(secret: str, person_id: int, stamp: str) -> str:
    """The code a person brings along: his number with six digits that nobody guesses. `stamp` changes when he signs
    out everywhere, and an old card is nobody's."""
    return f"{person_id}-{_digits(secret, f'card:{person_id}:{stamp}')}"


def number_on(given: str) -> int:
    """The number on a card as typed; 0 for what is no card."""
    number = next(_parts(given), "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


def is_card(given: str, secret: str, person_id: int, stamp: str) -> bool:
    """Whether this is the card of a person."""
    typed = "-".join(_parts(given))
    return hmac.compare_digest(typed.encode(), card(secret, person_id, stamp).encode())


def _parts(given: str) -> Iterator[str]:
    """A reader that types what it scans types the whole address."""
    given = given.rpartition("card=")[2]
    return (_plain(part) for part in given.replace("—", "-").replace("－", "-").split("-"))


def _plain(given: str) -> str:
    return "".join(given.split())


def _span(at: datetime) -> int:
    return int(at.timestamp()) // SECONDS


def _digits(secret: str, what: str) -> str:
    proof = hmac.new(secret.encode(), what.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(proof[:8]) % 10**DIGITS:0{DIGITS}d}"
