"""Taking an official result into the box."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, in_parts, read, write
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ...voting import receipts
from ..events import OfficialImported
from ..models.box import OfficialImport, OwnerBallot, Turnout
from ..models.rolls import Voter
from ..models.votes import OwnersVote
from ..official.checking import Ballot, check
from ..official.ground import ground_of
from ..official.reading import Row
from ..policy import Can
from ..words import Channel


@action(Can.IMPORT_OFFICIAL)
def take_official(
    actor: Actor, vote: OwnersVote, *, digest: str, rows: Sequence[Row], stated: str = ""
) -> OfficialImport:
    """Put the ballots of a previewed file into the box; what was refused is kept with its reason. `stated`: the SHA-256
    that the authority gave for its file, if it gave one.

    The rows are checked again, against the box as it is now. Raises Invalid where the file is not the one that the
    authority means, Conflict for a file that was taken before and for one of which nothing can be taken.
    """
    given = _given(stated, digest)
    if db.session.scalar(sa.select(OfficialImport.id).filter_by(vote_id=vote.id, digest=digest)):
        raise Conflict(_("这份文件已经收过了，没有再收一遍。"))
    checked = check(rows, ground_of(vote))
    if not checked.ballots:
        raise Conflict(_("这份文件里没有一行可以收。请看每一行的原因。"))
    taken = OfficialImport(
        vote_id=vote.id,
        digest=digest,
        stated=given,
        rows=checked.rows,
        ballots=len(checked.ballots),
        refused=[[line, why.value] for line, why in checked.refused],
        by_id=actor.id,
        at=actor.now,
    )
    store(taken)
    _put(actor, vote, taken, checked.ballots)
    _count(vote, [ballot.voter_id for ballot in checked.ballots])
    record(actor, vote, OfficialImported(vote.id, checked.rows, len(checked.refused)))
    return taken


def _given(stated: str, digest: str) -> str:
    given = "".join(stated.split()).lower().removeprefix("sha256:")
    if given and (len(given) != 64 or not set(given) <= set("0123456789abcdef")):
        raise Invalid(_("校验值是 64 位，只有数字和 a 到 f。请照主管部门给的再抄一遍。"), "stated")
    if given and given != digest:
        raise Invalid(
            _("这份文件的指纹和主管部门给的不一样，一行也没有收。请跟主管部门核对，换成他们出的那份文件。"),
            "stated",
        )
    return given


def _put(actor: Actor, vote: OwnersVote, taken: OfficialImport, ballots: Sequence[Ballot]) -> None:
    given = sa.select(OwnerBallot.receipt).where(OwnerBallot.vote_id == vote.id)
    codes = {row.receipt for row in read(given)}
    table = OwnerBallot.metadata.tables[OwnerBallot.__tablename__]
    rows = [_row(actor, vote, taken, ballot, codes) for ballot in ballots]
    for some in in_parts(rows):
        write(sa.insert(table), *some)


def _row(
    actor: Actor, vote: OwnersVote, taken: OfficialImport, ballot: Ballot, codes: set[str]
) -> dict[str, Any]:
    once = f"official-{taken.id}-{ballot.voter_id}"
    code = receipts.code_of(vote.id, once)
    while code in codes:  # of 40 bits: two of fifty thousand are alike once in a thousand votes
        once += "+"
        code = receipts.code_of(vote.id, once)
    codes.add(code)
    return {
        "vote_id": vote.id,
        "voter_id": ballot.voter_id,
        "speaker_id": 0,
        "medium": ballot.medium,
        "nth": 0,
        "choices": ballot.choices,
        "channel": Channel.OFFICIAL,
        "proxy_id": 0,
        "entered_by_id": actor.id,
        "at": ballot.at,
        "receipt": code,
        "once": once[:32],
        "changes": 0,
    }


def _count(vote: OwnersVote, voters: Sequence[int]) -> None:
    """The turnout by building. The vote is held alone, so no ballot is counted meanwhile."""
    sums: dict[str, tuple[int, int]] = {}
    for some in in_parts(voters):
        for row in read(sa.select(Voter.building, Voter.area).where(Voter.id.in_(some))):
            heads, area = sums.get(row.building, (0, 0))
            sums[row.building] = (heads + 1, area + row.area)
    for building, (heads, area) in sums.items():
        line = db.session.get(Turnout, (vote.id, building, Channel.OFFICIAL), populate_existing=True)
        if line is None:
            line = Turnout(vote_id=vote.id, building=building, channel=Channel.OFFICIAL, heads=0, area=0)
        line.heads, line.area = line.heads + heads, line.area + area
        store(line)
