"""What goes into an evidence pack, in order. Who may not see choices gets a pack without them."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import read
from ...core.eventlog import reference
from ...core.files import JPEG, StoredFile, location
from ...core.printing import pdf
from ...core.text import _
from ...places.kept import RosterStore
from ...voting.bundle import PROGRAM, bundle
from .. import countfile, prints
from ..models.box import OfficialImport
from ..models.votes import OwnersVote
from ..queries.hung import papers_of
from ..queries.prints import ROWS, certificate
from ..roll import file as roll_file
from ..roll import versions
from ..stages import ENDED
from . import before, box_tables, brought, count_tables, ground_tables
from .archive import Archive
from .table import Table

ENDINGS = {b"PK": "xlsx", b"<": "htm"}


def fill(archive: Archive, actor: Actor, vote: OwnersVote, official: RosterStore, choices: bool) -> list[str]:
    """Put everything into the archive. Returns what a reader must know of it (sentences for the index).

    Raises CannotPrint where PDFs cannot be made.
    """
    sealed = vote.state in ENDED
    _papers(archive, actor, vote)
    said = [*before.add(archive, vote), *_roll(archive, vote), *_hung(archive, vote)]
    for table in _tables(vote, choices, sealed):
        archive.add(table.name, table.pieces())
    _enclosed(archive, vote)
    brought.add(archive, vote, choices)
    if sealed:
        return [*said, _("这次表决已经终止：票封存，没有计票，谁投了、怎么投的都不在这一包里。")]
    said += _official(archive, vote, official, choices)
    said += _count(archive, vote, choices)
    return said


def _tables(vote: OwnersVote, choices: bool, sealed: bool) -> Iterator[Table]:
    """`sealed`: nothing of what lies in the box, not even who gave a ballot."""
    yield from ground_tables.of_roll(vote)
    yield from ground_tables.of_versions(vote)
    yield from ground_tables.of_changes(vote)
    yield from ground_tables.of_unknown(vote)
    yield from ground_tables.of_postings(vote)
    yield from ground_tables.of_candidates(vote)
    yield from ground_tables.of_deliveries(vote)
    yield from box_tables.of_proxies(vote)
    yield from count_tables.of_count(vote)
    yield from count_tables.of_objections(vote)
    if not sealed:
        yield from box_tables.of_ballots(vote, choices)
        yield from box_tables.of_challenges(vote)
        yield from box_tables.of_batches(vote, choices)
        yield from box_tables.of_seal(vote)
        yield from box_tables.of_box_counts(vote)


def _papers(archive: Archive, actor: Actor, vote: OwnersVote) -> None:
    """The papers as they would be printed now; the roll only as far as it is a few sheets, for the list has all of
    it."""
    counted = vote.state not in ENDED
    papers = {
        "01-roll/roll.pdf": prints.roll(vote, "", 0) if 0 < vote.units <= ROWS else None,
        "02-postings/notice.pdf": prints.notice(vote),
        "04-ballots/blank.pdf": prints.blank(vote),
        "10-result/result.pdf": prints.result(vote) if counted else None,
        "10-result/certificate.pdf": prints.certificate(vote) if counted else None,
    }
    for name, paper in papers.items():
        if paper is not None:
            archive.add(name, paper.as_pdf(actor))


def _hung(archive: Archive, vote: OwnersVote) -> list[str]:
    """Every posting in the words it had: the page as it was kept, and drawn anew as PDF."""
    lost = 0
    for paper in papers_of(vote.id):
        text = paper.text
        if text is None:
            lost += 1
            continue
        name = f"02-postings/as-posted/{paper.id}-{paper.kind.value}"
        archive.add(f"{name}.html", text.encode())
        archive.add(f"{name}.pdf", pdf(text))
    return [_("注意：有 %(n)d 份当时贴出的原文找不到了，请查明原因。", n=lost)] if lost else []


def _roll(archive: Archive, vote: OwnersVote) -> list[str]:
    """The roll as its rows have it, and every version as it was hung out."""
    if not vote.roll_version:
        return [_("名册还没有公示过。")]
    text = roll_file.text(vote, roll_file.kept_lines(vote.id))
    proved = archive.add("01-roll/roll.json", text.encode()).digest == vote.roll_hash
    for line, posted in versions.files(vote):
        entry = archive.add(f"01-roll/versions/roll-{line.version}.json", posted.encode())
        proved = proved and entry.digest == line.hash
    if proved:
        return [_("名册文件和公示的指纹一致。")]
    return [_("注意：名册文件和公示的指纹不一致，请查明原因。")]


def _enclosed(archive: Archive, vote: OwnersVote) -> None:
    """Pictures and plans that people had before them when they voted."""
    found = sa.select(StoredFile.id, StoredFile.kind, StoredFile.purpose, StoredFile.digest)
    for row in read(found.where(StoredFile.subject == reference(vote)).order_by(StoredFile.id)):
        ending = "jpg" if row.kind == JPEG else "pdf"
        name = row.purpose.replace(":", "-")
        archive.add_file(f"00-enclosures/{name}-{row.id}.{ending}", location(row.digest))


def _official(archive: Archive, vote: OwnersVote, kept: RosterStore, choices: bool) -> list[str]:
    """Result files of the authority's system as they came, and the rows that were not taken."""
    found = sa.select(OfficialImport.digest, OfficialImport.rows, OfficialImport.ballots)
    taken = read(found.where(OfficialImport.vote_id == vote.id).order_by(OfficialImport.id))
    if not taken:
        return []
    imports = count_tables.of_imports(vote)
    archive.add(imports.name, imports.pieces())
    archive.add("07-official/refused.csv", count_tables.refused_rows(vote))
    if choices:
        for number, row in enumerate(taken, 1):
            path = kept.folder / row.digest
            archive.add_file(f"07-official/{number}-{row.digest[:12]}.{_ending(path)}", path)
    return [_("主管部门系统的结果文件 %(n)s 份，没有收的行都写明了原因。", n=len(taken))]


def _ending(path: Path) -> str:
    start = b""
    if path.is_file():
        with path.open("rb") as file:
            start = file.read(2)
    return next((ending for sign, ending in ENDINGS.items() if start.startswith(sign)), "csv")


def _count(archive: Archive, vote: OwnersVote, choices: bool) -> list[str]:
    """The count file with what counts it again; its digest must be the certificate's, and so the totals'."""
    stated = certificate(vote)
    count_name, sums_name = countfile.name(vote), countfile.name(vote, "sums")
    sums = archive.add(f"08-count/{sums_name}", countfile.sums_text(vote).encode())
    archive.add(f"08-count/{PROGRAM}", bundle())
    said = []
    if stated and sums.digest != stated.sums_hash:
        said.append(_("注意：合计数文件和证明上的指纹不一致，请查明原因。"))
    if not choices:
        return [
            *said,
            _("您不能核票，所以这一份里没有每张票的选择；各项合计可以用 %(file)s 重算。", file=sums_name),
        ]
    counted = archive.add(f"08-count/{count_name}", countfile.count_text(vote).encode())
    archive.add("08-count/how.txt", f"python3 {PROGRAM} {count_name}\n".encode())
    if stated is None:
        return [_("还没有公布结果，所以没有证明；计票文件是现在重数出来的。")]
    if counted.digest == stated.count_hash:
        return [*said, _("计票文件和证明上的指纹一致。")]
    return [*said, _("注意：计票文件和证明上的指纹不一致，请查明原因。")]
