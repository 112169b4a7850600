"""What is printed on a paper ballot so that it finds its voter again: the ticket code, typed by hand or scanned.

`12-0034-7K`: number of the vote, number of the paper (`Voter.number`), two signs that catch a slip of the finger and
keep a paper of another vote out. They are no secret and no signature: papers are read by people.
"""

import hashlib
import re

from ..core.signs import SIGNS
from ..voting import receipts

_FULL = re.compile(r"(\d{1,9})-(\d{1,9})-([0-9A-Z]{2})")
_SHORT = re.compile(r"(\d{1,9})(?:-([0-9A-Z]{2}))?")


def code_of(vote_id: int, number: int) -> str:
    """The code as it stands in the QR and beside it: 12-0034-7K."""
    return f"{vote_id}-{number:04d}-{check_of(vote_id, number)}"


def check_of(vote_id: int, number: int) -> str:
    """The two check signs of a paper."""
    digest = hashlib.sha256(f"ticket:{vote_id}:{number}".encode()).digest()
    return SIGNS[digest[0] & 31] + SIGNS[digest[1] & 31]


def read(vote_id: int, typed: str) -> int | None:
    """The number of the paper that a code names: whole, without the vote, or the number alone (34).

    None for what is no code, for a paper of another vote, and where the check signs do not fit.
    """
    text = typed.strip().upper().replace("—", "-").replace("－", "-").replace(" ", "").rpartition("/")[2]
    if full := _FULL.fullmatch(text):
        vote, number, check = int(full[1]), int(full[2]), full[3]
    elif short := _SHORT.fullmatch(text):
        vote, number, check = vote_id, int(short[1]), short[2]
    else:
        return None
    fits = vote == vote_id and (check is None or check == check_of(vote_id, number))
    return number if fits else None


def paper_receipt(vote_id: int, voter_id: int, nth: int = 0) -> str:
    """The receipt code of a voter's paper ballot, printed on its stub before it is marked: `7K3M-92QD`. Of several
    papers of one voter the first has that code; a further one has its own, which he reads in his own record."""
    further = f"/{nth}" if nth else ""
    return receipts.code_of(vote_id, f"owners-vote/paper/{voter_id}{further}")
