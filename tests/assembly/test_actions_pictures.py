"""Pictures that people bring: of papers from the box, of doors, of letters and agreements; who reads them."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from portal.assembly.actions import scanning
from portal.assembly.actions.batching import start_batch
from portal.assembly.actions.reaching import MOST_WITH_PHOTOS, record_delivery
from portal.assembly.actions.rolls import amend_roll
from portal.assembly.actions.scanning import keep_scans, photograph_delivery
from portal.assembly.actions.speaking import designate_speaker, name_speaker
from portal.assembly.models.papers import Batch
from portal.assembly.models.reaching import Delivery
from portal.assembly.models.rolls import RollUnit
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import Capacity, DeliveryWay, VoteState
from portal.core.db import db, transaction, write
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.files import PDF, Kept, StoredFile
from portal.places.models import Unit
from tests.assembly.conftest import MakeVote, speaker_of, voter_of
from tests.assembly.convening import posted
from tests.assembly.letters import kept
from tests.world import NOW, World


def other(digit: str = "2") -> Kept:
    """A PDF that nobody has brought before."""
    return replace(kept(), name="scan.pdf", kind=PDF, digest=digit * 64, thumb_digest=digit * 64)


def pictures(subject: Any) -> list[StoredFile]:
    name = f"{subject.__tablename__}:{subject.id}"
    found = sa.select(StoredFile).where(StoredFile.subject == name).order_by(StoredFile.id)
    return list(db.session.scalars(found))


def batch_of(world: World, vote: OwnersVote) -> Batch:
    return start_batch(world.worker, vote, received_at=NOW, once=f"batch-{vote.id}")


def in_state(vote: OwnersVote, state: VoteState) -> None:
    """Past the moves, as `test_pages_evidence` does it."""
    table = OwnersVote.metadata.tables["owners_vote"]
    with transaction():
        write(sa.update(table).where(table.c.id == vote.id).values(state=state))
    db.session.expire_all()


class TestScans:
    def test_the_same_picture_is_kept_once(self, world: World, make_vote: MakeVote) -> None:
        batch = batch_of(world, make_vote())
        assert keep_scans(world.worker, batch, scans=(kept(), kept(), other())) == 2
        assert keep_scans(world.secretary, batch, scans=(other(),)) == 0
        assert [f.purpose for f in pictures(batch)] == ["scan", "scan"]

    def test_there_is_room_for_a_picture_a_paper(
        self, world: World, make_vote: MakeVote, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        batch = batch_of(world, make_vote())
        monkeypatch.setattr(scanning, "MOST_SCANS", 1)
        keep_scans(world.worker, batch, scans=(kept(),))
        for scans in ((other(),), ()):
            with pytest.raises(Invalid):
                keep_scans(world.worker, batch, scans=scans)

    @pytest.mark.parametrize("state", [VoteState.COUNTING, VoteState.FINAL, VoteState.VOID])
    def test_until_the_count_begins(self, state: VoteState, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        batch = batch_of(world, vote)
        in_state(vote, VoteState.CLOSED)
        keep_scans(world.worker, batch, scans=(kept(),))
        in_state(vote, state)
        with pytest.raises(NotAllowed):
            keep_scans(world.worker, batch, scans=(other(),))

    @pytest.mark.parametrize("who", ["owner", "tenant", "manager"])
    def test_only_staff_bring_them(self, who: str, world: World, make_vote: MakeVote) -> None:
        with pytest.raises((NotAllowed, NotVisible)):
            keep_scans(world.actor(who), batch_of(world, make_vote()), scans=(kept(),))

    def test_not_from_another_community(self, world: World, make_vote: MakeVote) -> None:
        with pytest.raises(NotVisible):
            keep_scans(world.actor("other_secretary"), batch_of(world, make_vote()), scans=(kept(),))


class TestDoors:
    def refused(self, world: World, vote: OwnersVote, *keys: str, **given: Any) -> list[Delivery]:
        words: dict[str, Any] = {"once": "a", "photos": (kept(),), **given}
        record_delivery(
            world.worker,
            vote,
            voter_ids=[voter_of(vote, key).id for key in keys],
            way=DeliveryWay.REFUSED,
            warned=True,
            witnesses=("张三", "李四"),
            **words,
        )
        return list(db.session.scalars(sa.select(Delivery).order_by(Delivery.id)))

    def test_a_picture_is_kept_with_every_door_it_shows(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        for _ in range(2):
            attempts = self.refused(world, vote, "102", "202")
        assert [len(pictures(d)) for d in attempts] == [1, 1]

    def test_but_not_with_more_than_it_can_show(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        with pytest.raises(Invalid) as refused:
            record_delivery(
                world.worker,
                vote,
                voter_ids=range(1, MOST_WITH_PHOTOS + 2),
                way=DeliveryWay.HANDED,
                warned=True,
                once="a",
                photos=(kept(),),
            )
        assert refused.value.field == "photos"

    def test_one_that_was_forgotten_comes_later(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.OPEN)
        (attempt,) = self.refused(world, vote, "102", photos=())
        in_state(vote, VoteState.COUNTING)
        assert photograph_delivery(world.chair, vote, delivery_id=attempt.id, photos=(kept(),)) == 1
        assert photograph_delivery(world.chair, vote, delivery_id=attempt.id, photos=(kept(),)) == 0
        assert len(pictures(attempt)) == 1

    def test_with_an_attempt_of_this_vote_only(self, world: World, make_vote: MakeVote) -> None:
        vote, elsewhere = make_vote(), make_vote()
        (attempt,) = self.refused(world, vote, "102")
        with pytest.raises(NotVisible):
            photograph_delivery(world.worker, elsewhere, delivery_id=attempt.id, photos=(kept(),))
        with pytest.raises(NotAllowed):
            photograph_delivery(world.manager, vote, delivery_id=attempt.id, photos=(kept(),))


class TestLetters:
    def name(self, world: World, vote: OwnersVote, **given: Any) -> None:
        words: dict[str, Any] = {
            "voter_id": voter_of(vote, "shop").id,
            "name": "孙朝晖",
            "capacity": Capacity.REPRESENTATIVE,
            "letter": (kept(),),
        }
        name_speaker(world.worker, vote, **(words | given))

    def test_whom_an_organisation_sends_shows_its_letter(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        with pytest.raises(Invalid) as refused:
            self.name(world, vote, letter=())
        assert refused.value.field == "letter"
        self.name(world, vote)
        self.name(world, vote, name="周某", capacity=Capacity.GUARDIAN)
        said = [f.alt for f in pictures(voter_of(vote, "shop"))]
        assert said == ["委派书：孙朝晖", "监护证明：周某"]

    def test_staff_enter_what_the_co_owners_signed(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        shared, chosen = voter_of(vote, "101"), speaker_of(world, vote, "co_owner").id
        with pytest.raises(Invalid) as refused:
            designate_speaker(world.worker, shared, speaker_id=chosen)
        assert refused.value.field == "agreement"
        designate_speaker(world.worker, shared, speaker_id=chosen, agreement=(kept(),))
        designate_speaker(world.worker, shared, speaker_id=chosen)
        assert [f.alt for f in pictures(shared)] == ["推选书：王芳"]

    def test_a_co_owner_who_leaves_it_to_the_other_signs_nothing(
        self, world: World, make_vote: MakeVote
    ) -> None:
        vote = make_vote()
        designate_speaker(
            world.owner, voter_of(vote, "101"), speaker_id=speaker_of(world, vote, "co_owner").id
        )
        assert pictures(voter_of(vote, "101")) == []

    def test_a_new_roll_does_not_lose_a_letter(self, world: World) -> None:
        """Whose letter is kept stays on the roll, or somebody looks into it first."""
        vote = posted(world)
        voter = db.session.scalars(
            sa.select(RollUnit.voter_id).where(
                RollUnit.unit_id == world.ids["shop"], RollUnit.vote_id == vote.id
            )
        ).one()
        self.name(world, vote, voter_id=voter)
        with transaction():
            sold = sa.update(Unit).where(Unit.id == world.ids["shop"])
            db.session.execute(sold.values(owner_set_id=world.ids["owners_201"]))
        with pytest.raises(Conflict, match="委派书"):
            amend_roll(world.chair, vote, reason="底商卖了", where="东门公告栏")
