"""What hung on the walls is kept in the words it had, and goes into the pack; also of a vote that was ended."""

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.assembly.actions.opening import announce, extend_vote, void_vote
from portal.assembly.actions.rolls import amend_roll, freeze_roll
from portal.assembly.models.counts import Scrutineer
from portal.assembly.models.votes import OwnersVote, Posting
from portal.assembly.words import Counter, PostingKind, VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.files import StoredFile, location
from portal.places.models import Unit
from tests.assembly.conftest import MakeVote
from tests.assembly.convening import FROZEN, WALLS, posted
from tests.assembly.paperwork import ballot
from tests.assembly.test_actions_pictures import in_state
from tests.assembly.test_pages_evidence import fetch, words
from tests.conftest import Client
from tests.world import NOW, World


def pages(vote: OwnersVote, kind: PostingKind) -> list[str]:
    """What was kept of the postings of a kind, in their order."""
    found = (
        sa.select(StoredFile.digest)
        .join(Posting, sa.literal("vote_posting:") + sa.cast(Posting.id, sa.String) == StoredFile.subject)
        .where(Posting.vote_id == vote.id, Posting.kind == kind, StoredFile.kind == "text/html")
        .order_by(Posting.id)
    )
    return [location(digest).read_text("utf-8") for digest in db.session.scalars(found)]


def twice(world: World) -> tuple[OwnersVote, list[str]]:
    """A roll that hung out in two versions, with the digests that were on the walls."""
    vote = posted(world)
    digests = [vote.roll_hash]
    with transaction():
        db.session.execute(sa.update(Unit).where(Unit.id == world.ids["102"]).values(exclusive_area=9000))
    with clock.frozen(NOW + timedelta(days=3)):
        amend_roll(world.chair, vote, reason="102室面积写错了", where="东门公告栏")
    return vote, [*digests, vote.roll_hash]


def test_every_version_of_the_roll_is_kept_with_the_digest_that_was_on_the_wall(
    world: World, client: Client
) -> None:
    vote, digests = twice(world)
    assert digests[0] != digests[1]
    for page, digest in zip(pages(vote, PostingKind.ROLL), digests, strict=True):
        assert digest in page
        assert "王秀兰" not in page
    in_state(vote, VoteState.VOID)
    pack = fetch(client, vote)
    for version, digest in enumerate(digests, 1):
        kept = pack.read(f"01-roll/versions/roll-{version}.json")
        assert hashlib.sha256(kept).hexdigest() == digest


def test_a_notice_stays_as_it_was_when_the_vote_is_extended(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(state=VoteState.FROZEN)
    announce(replace(world.chair, lang="en"), vote, where=WALLS)
    before = vote.closes_at
    in_state(vote, VoteState.OPEN)
    vote = db.session.get_one(OwnersVote, vote.id)
    extend_vote(
        world.chair, vote, closes_at=before + timedelta(days=7), reason="票还不够", where="西门公告栏"
    )
    (notice,), (extension,) = pages(vote, PostingKind.NOTICE), pages(vote, PostingKind.EXTENSION)
    assert "业主大会表决公告" in notice
    assert "票还不够" not in notice
    assert "票还不够" in extension
    in_state(vote, VoteState.PRELIMINARY)
    pack = fetch(client, vote)
    for page in (notice, extension):
        assert hashlib.sha256(page.encode()).hexdigest() in pack.read("02-postings/postings.csv").decode()
    papers = [n for n in pack.namelist() if n.startswith("02-postings/as-posted/") and n.endswith(".pdf")]
    assert [n.rpartition("-")[2] for n in papers] == ["notice.pdf", "extension.pdf"]
    assert "票还不够" not in words(pack.read(papers[0]))


def test_whoever_may_see_the_posting_reads_its_paper(world: World, client: Client) -> None:
    vote, _digests = twice(world)
    with clock.frozen(FROZEN + timedelta(days=10)):
        freeze_roll(world.chair, vote)
    first = db.session.scalars(sa.select(Posting.id).order_by(Posting.id)).first()
    address = f"/vote-postings/{first}/paper.pdf"
    for who, status in (
        ("owner", 200), ("secretary", 200), ("manager", 200), ("visitor", 303), ("other_secretary", 404),
    ):  # fmt: skip
        assert client.sign_in(who).get(address).status_code == status, who
    reply = client.sign_in("owner").get(address)
    assert reply.data.startswith(b"%PDF-")
    text = client.get(f"/owners-votes/{vote.id}/postings").text
    assert address in text
    page = pages(vote, PostingKind.ROLL)[0]
    assert hashlib.sha256(page.encode()).hexdigest() in text.replace("<wbr>", "")
    assert "还没有照片" in text
    file = db.session.scalars(sa.select(StoredFile.id).where(StoredFile.purpose == "paper")).first()
    assert client.get(f"/vote-postings/{first}/files/{file}/full").status_code == 404


def test_a_posting_without_a_kept_page_says_nothing_of_it(
    make_vote: MakeVote, world: World, client: Client
) -> None:
    vote = make_vote(state=VoteState.NOTICE)
    with transaction():
        db.session.add(
            Posting(
                vote_id=vote.id, place_path=vote.place_path, kind=PostingKind.NOTICE, where=WALLS, roll_version=1,
                by_id=world.ids["chair"], at=NOW,
            )
        )  # fmt: skip
    hung = db.session.scalars(sa.select(Posting.id)).one()
    assert client.sign_in("owner").get(f"/vote-postings/{hung}/paper.pdf").status_code == 404
    assert "paper.pdf" not in client.get(f"/owners-votes/{vote.id}/postings").text


class TestEnded:
    def ended(self, world: World, make_vote: MakeVote, state: VoteState = VoteState.OPEN) -> OwnersVote:
        vote = make_vote(state=state)
        ballot(vote, "101")
        void_vote(world.secretary, vote, reason="公告有错", where=WALLS)
        return vote

    def test_what_lies_in_the_box_stays_sealed(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        pack = fetch(client, self.ended(world, make_vote))
        names = set(pack.namelist())
        assert {"02-postings/postings.csv", "03-deliveries/deliveries.csv", "01-roll/roll.json"} <= names
        for sealed in (
            "04-ballots/ballots.csv",
            "06-batches/",
            "08-count/owners-vote",
            "10-result/",
        ):
            assert not [n for n in names if n.startswith(sealed)], sealed
        assert not any(b"0001-PAPR" in pack.read(n) for n in names)
        assert "票封存" in words(pack.read("00-index.pdf"))
        assert "公告有错" in words(pack.read("02-postings/notice.pdf"))

    def test_one_that_never_had_a_roll_has_a_pack_too(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote(state=VoteState.DRAFT, roll=False)
        void_vote(world.secretary, vote, reason="不办了")
        assert "名册还没有公示过" in words(fetch(client, vote).read("00-index.pdf"))

    @pytest.mark.parametrize(
        ("who", "status"), [("chair", 200), ("owner", 403), ("tenant", 403), ("other_secretary", 404)]
    )
    def test_for_those_entitled(
        self, who: str, status: int, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = self.ended(world, make_vote)
        assert client.sign_in(who).get(f"/owners-votes/{vote.id}/evidence.zip").status_code == status
        assert ("evidence.zip" in client.get(f"/owners-votes/{vote.id}/postings").text) == (status == 200)


def test_who_stood_by_takes_the_pack_once_the_result_hangs(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(state=VoteState.COUNTING)
    with transaction():
        db.session.add(
            Scrutineer(
                vote_id=vote.id, place_path=vote.place_path, role=Counter.SCRUTINEER, name="王秀兰",
                user_id=world.ids["owner"], signed_at=None,
            )
        )  # fmt: skip
    address = f"/owners-votes/{vote.id}/evidence.zip"
    assert client.sign_in("owner").get(address).status_code == 403
    in_state(vote, VoteState.PRELIMINARY)
    reply = client.sign_in("owner").get(address)
    assert f"08-count/owners-vote-{vote.id}-count.json" in zipfile.ZipFile(io.BytesIO(reply.data)).namelist()
    assert "evidence.zip" in client.get(f"/owners-votes/{vote.id}/result").text
    assert client.sign_in("tenant").get(address).status_code == 403
