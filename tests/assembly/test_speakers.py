"""Nobody names himself: two people of staff stand behind who was named, and the owners of the head are asked."""

import io
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from portal.assembly.actions.casting import cast_ballot
from portal.assembly.actions.counting import begin_count
from portal.assembly.actions.speaking import (
    decide_speaker,
    designate_speaker,
    name_speaker,
    object_to_speaker,
    review_designation,
    review_speaker,
)
from portal.assembly.box import AtVoter
from portal.assembly.models.rolls import Speaker, Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.policy import Can
from portal.assembly.tally import tallied
from portal.assembly.words import Capacity, Standing, VoteState
from portal.core import access, clock
from portal.core.actor import Actor
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.waiting import waiting_for
from tests.assembly.conftest import AFTER, MakeVote, speaker_of, voter_of
from tests.assembly.letters import kept, phone_of, photo
from tests.assembly.test_actions_pictures import in_state
from tests.conftest import Client
from tests.world import World

CHOICES = ["for", "for"]
OURS = ["against", "against"]


def named(world: World, vote: OwnersVote, **given: Any) -> Speaker:
    """The tenant, entered by the worker as guardian of the owner of 201."""
    words: dict[str, Any] = {
        "voter_id": voter_of(vote, "201").id,
        "name": "赵强",
        "capacity": Capacity.GUARDIAN,
        "phone": phone_of("tenant"),
        "letter": (kept(),),
    }
    return name_speaker(world.worker, vote, **(words | given))


def accepted(world: World, vote: OwnersVote, **given: Any) -> Speaker:
    speaker = named(world, vote, **given)
    review_speaker(world.secretary, speaker, accepted=True)
    return speaker


def at_101(world: World, vote: OwnersVote, *, looked_at: bool = True) -> Speaker:
    """The tenant as guardian of one of the two owners of 101; the other one objects."""
    given = {"voter_id": voter_of(vote, "101").id, "for_owner": speaker_of(world, vote, "co_owner").owner_id}
    speaker = accepted(world, vote, **given) if looked_at else named(world, vote, **given)
    object_to_speaker(world.owner, speaker, reason="她没有监护人。")
    return speaker


def votes(world: World, vote: OwnersVote, who: str, key: str = "201", choices: list[str] = CHOICES) -> None:
    cast_ballot(world.actor(who), AtVoter(voter_of(vote, key).id), choices=choices, once=f"{who}-{key}")


def kinds(world: World, who: str) -> set[str]:
    return {wait.kind for wait in waiting_for(world.actor(who))}


def test_who_was_named_and_not_looked_at_is_nobody_to_any_rule(world: World, make_vote: MakeVote) -> None:
    """Not only at the box: he sees no paper of the head and gives no letter for it until a second person confirmed."""
    vote = make_vote()
    speaker, head, man = named(world, vote), voter_of(vote, "201"), world.tenant

    def may() -> list[bool]:
        rights = [bool(access.may(man, right, head)) for right in (Can.SEE_VOTER, Can.GIVE_PROXY)]
        rows = sa.select(Voter.id).where(Voter.id == head.id, access.rows(man, Voter))
        return [*rights, db.session.scalar(rows) is not None]

    assert may() == [False, False, False]
    review_speaker(world.secretary, speaker, accepted=True)
    assert may() == [True, True, True]


class TestNaming:
    def test_nobody_names_himself(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        with pytest.raises(Invalid) as refused:
            named(world, vote, name="沈佳慧", phone=phone_of("worker"))
        assert refused.value.field == "phone"
        assert db.session.scalar(sa.select(Speaker.id).where(Speaker.user_id == world.ids["worker"])) is None

    def test_who_entered_him_is_not_the_second_person(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        speaker = named(world, vote)
        with pytest.raises((NotAllowed, NotVisible)):
            votes(world, vote, "tenant")
        with pytest.raises(NotAllowed):
            review_speaker(world.worker, speaker, accepted=True)
        review_speaker(world.secretary, speaker, accepted=True)
        votes(world, vote, "tenant")
        assert (speaker.entered_by_id, speaker.confirmed_by_id) == (
            world.ids["worker"],
            world.ids["secretary"],
        )

    def test_a_letter_that_is_wrong_is_refused_with_the_reason(
        self, world: World, make_vote: MakeVote
    ) -> None:
        vote = make_vote()
        speaker = named(world, vote)
        with pytest.raises(Invalid):
            review_speaker(world.secretary, speaker, accepted=False)
        review_speaker(world.secretary, speaker, accepted=False, reason="证明不是这一户的。")
        with pytest.raises((NotAllowed, NotVisible)):
            votes(world, vote, "tenant")
        accepted(world, vote)
        votes(world, vote, "tenant")

    @pytest.mark.parametrize("capacity", [Capacity.REPRESENTATIVE])
    def test_a_person_sends_nobody(self, world: World, make_vote: MakeVote, capacity: Capacity) -> None:
        with pytest.raises(Invalid) as refused:
            named(world, make_vote(), capacity=capacity)
        assert refused.value.field == "capacity"

    def test_heirs_speak_for_who_died(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        accepted(world, vote, capacity=Capacity.HEIR)
        votes(world, vote, "tenant")

    def test_only_co_owners_settle_on_somebody(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        speaker = accepted(world, vote)
        with pytest.raises(Invalid):
            designate_speaker(world.worker, voter_of(vote, "201"), speaker_id=speaker.id, agreement=(kept(),))

    def test_who_waits_for_the_second_person_is_nobody_to_settle_on(
        self, world: World, make_vote: MakeVote
    ) -> None:
        vote = make_vote()
        whose = speaker_of(world, vote, "co_owner").owner_id
        speaker = named(world, vote, voter_id=voter_of(vote, "101").id, for_owner=whose)
        with pytest.raises(NotVisible):
            designate_speaker(world.worker, voter_of(vote, "101"), speaker_id=speaker.id, agreement=(kept(),))
        votes(world, vote, "owner", "101")


class TestDesignating:
    """101 is of two people; what staff enter for them stands once somebody else has looked at it."""

    def entered(self, world: World, vote: OwnersVote, by: Actor | None = None) -> Speaker:
        chosen = speaker_of(world, vote, "co_owner")
        home = voter_of(vote, "101")
        designate_speaker(by or world.worker, home, speaker_id=chosen.id, agreement=(kept(),))
        return chosen

    def test_one_person_of_staff_alone_silences_nobody(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        chosen = self.entered(world, vote)
        votes(world, vote, "owner", "101")
        with pytest.raises(NotAllowed, match="您自己登记的"):
            review_designation(world.worker, chosen, accepted=True)
        assert any(w.kind == "review_designation" for w in waiting_for(world.secretary))
        assert any(w.kind == "speaker_named" for w in waiting_for(world.owner))
        review_designation(world.secretary, chosen, accepted=True)
        assert chosen.designated
        with pytest.raises(NotAllowed):
            cast_ballot(world.owner, AtVoter(voter_of(vote, "101").id), choices=CHOICES, once="later")

    def test_whoever_voted_before_another_was_chosen_is_told_and_not_asked_to_change(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote()
        votes(world, vote, "owner", "101")
        home = voter_of(vote, "101")
        chosen = speaker_of(world, vote, "co_owner")
        designate_speaker(world.owner, home, speaker_id=chosen.id)
        page = client.sign_in("owner").get(f"/owners-votes/{vote.id}").text
        assert "这一票由王芳投" in page
        assert "您先前投的不再算" in page
        assert f"/voters/{home.id}/change" not in page
        assert f"/voters/{home.id}/change" not in client.get(f"/voters/{home.id}/receipt").text
        assert client.get(f"/voters/{home.id}/change").headers["Location"] == f"/voters/{home.id}"

    def test_the_other_one_of_two_agrees_himself_and_the_chosen_one_does_not(
        self, world: World, make_vote: MakeVote
    ) -> None:
        chosen = self.entered(world, make_vote())
        with pytest.raises(NotAllowed):
            review_designation(world.co_owner, chosen, accepted=True)
        review_designation(world.owner, chosen, accepted=True)
        assert chosen.designated

    def test_an_owner_says_that_it_is_wrong(self, world: World, make_vote: MakeVote) -> None:
        chosen = self.entered(world, make_vote())
        review_designation(world.owner, chosen, accepted=False)
        assert (chosen.designated, chosen.proposed) == (False, False)
        with pytest.raises(NotAllowed):
            review_designation(world.secretary, chosen, accepted=True)

    def test_entered_anew_it_waits_for_who_said_that(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        chosen = self.entered(world, vote)
        review_designation(world.owner, chosen, accepted=False)
        self.entered(world, vote)
        with pytest.raises(NotAllowed, match="要他自己同意"):
            review_designation(world.secretary, chosen, accepted=True)
        votes(world, vote, "owner", "101")
        review_designation(world.owner, chosen, accepted=True)
        assert chosen.designated

    def test_the_page_offers_staff_no_word_that_only_he_can_give(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote()
        review_designation(world.owner, self.entered(world, vote), accepted=False)
        self.entered(world, vote)
        address = f"/voters/{voter_of(vote, '101').id}/speakers"
        asked = client.sign_in("secretary").get(address).text
        assert "他自己同意才算" in asked
        assert 'value="yes"' not in asked
        assert 'value="no"' in asked
        assert not any(w.kind == "review_designation" for w in waiting_for(world.secretary))
        assert 'value="yes"' in client.sign_in("owner").get(address).text

    def test_what_staff_do_in_the_name_of_an_owner_is_entered_by_staff(
        self, world: World, make_vote: MakeVote
    ) -> None:
        vote = make_vote()
        chosen = self.entered(world, vote, replace(world.owner, entered_by=world.ids["worker"]))
        assert (chosen.designated, chosen.proposed_by_id) == (False, world.ids["worker"])

    def test_nobody_looks_at_it_after_the_close(self, world: World, make_vote: MakeVote) -> None:
        chosen = self.entered(world, make_vote())
        with clock.frozen(AFTER), pytest.raises(NotAllowed):
            review_designation(world.secretary, chosen, accepted=True)

    def test_the_page_says_that_it_waits(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote()
        chosen = self.entered(world, vote)
        address = f"/voters/{voter_of(vote, '101').id}/speakers"
        assert "现在不作数" in client.sign_in("worker").get(address).text
        assert f"/speakers/{chosen.id}/designation" not in client.get(address).text
        assert "我不同意" in client.sign_in("owner").get(address).text
        client.submit(f"/speakers/{chosen.id}/designation", {"accepted": "yes"})
        assert db.session.get_one(Speaker, chosen.id, populate_existing=True).designated


class TestObjecting:
    def test_what_he_gave_does_not_count_and_the_owner_does(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        speaker = accepted(world, vote)
        votes(world, vote, "tenant")
        votes(world, vote, "chair", choices=OURS)
        object_to_speaker(world.chair, speaker, reason="我没有监护人。")
        assert speaker.standing is Standing.SUSPENDED
        with clock.frozen(AFTER):
            counted = tallied(vote)[0][1]
        assert [line["reason"] for line in counted["uncounted"]] == ["UNAUTHORISED"]
        assert counted["choices"]["against"] == ["120.50", 1]

    def test_only_an_owner_of_that_head(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        speaker = accepted(world, vote)
        for who in ("owner", "tenant", "worker"):
            with pytest.raises((NotAllowed, NotVisible)):
                object_to_speaker(world.actor(who), speaker, reason="不是他。")
        with pytest.raises(Invalid):
            object_to_speaker(world.chair, speaker, reason="")

    def test_a_convener_without_a_part_in_it_decides(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        speaker = at_101(world, vote)
        for who in ("secretary", "worker", "owner", "tenant"):
            with pytest.raises((NotAllowed, NotVisible)):
                decide_speaker(world.actor(who), speaker, stands=True, reason="看过判决书。")
        with pytest.raises(Invalid):
            decide_speaker(world.chair, speaker, stands=True, reason="")
        decide_speaker(world.chair, speaker, stands=True, reason="看过判决书。")
        votes(world, vote, "tenant", "101")
        with pytest.raises(NotAllowed):
            object_to_speaker(world.owner, speaker, reason="还是不同意。")

    def test_an_owner_of_that_head_does_not_decide(self, world: World, make_vote: MakeVote) -> None:
        speaker = accepted(world, make_vote())
        object_to_speaker(world.chair, speaker, reason="我没有监护人。")
        with pytest.raises(NotAllowed):
            decide_speaker(world.chair, speaker, stands=False, reason="不是他。")

    def test_a_decision_is_not_the_second_look(self, world: World, make_vote: MakeVote) -> None:
        speaker = at_101(world, make_vote(), looked_at=False)
        decide_speaker(world.chair, speaker, stands=True, reason="看过判决书。")
        assert speaker.standing is Standing.ENTERED

    def test_it_is_decided_before_the_count(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        object_to_speaker(world.chair, accepted(world, vote), reason="我没有监护人。")
        in_state(vote, VoteState.CLOSED)
        with pytest.raises(Conflict) as refused:
            begin_count(world.secretary, vote)
        assert any("异议" in unmet.sentence for unmet in refused.value.unmet)


def test_whom_it_waits_for(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    speaker = named(world, vote)
    assert "review_speaker" in kinds(world, "secretary")
    assert "review_speaker" not in kinds(world, "worker")
    assert "speaker_named" in kinds(world, "chair")
    assert "speaker_named" not in kinds(world, "owner")
    object_to_speaker(world.chair, speaker, reason="我没有监护人。")
    assert "decide_speaker" in kinds(world, "secretary")
    assert not {"decide_speaker", "speaker_named"} & kinds(world, "chair")


class TestPages:
    def test_from_the_desk_to_the_owner_and_back(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote()
        address = f"/voters/{voter_of(vote, '101').id}/speakers"
        whose = str(speaker_of(world, vote, "co_owner").owner_id)
        said = {"name": "赵强", "capacity": "guardian", "for_owner": whose}
        client.sign_in("worker")
        assert client.submit(f"{address}/new", {**said, "phone": phone_of("worker")}).status_code == 422
        client.submit(
            f"{address}/new",
            {**said, "phone": phone_of("tenant"), "letter": (io.BytesIO(photo()), "l.jpg")},
        )
        one = db.session.scalars(sa.select(Speaker).where(Speaker.user_id == world.ids["tenant"])).one().id
        assert "/confirmation" not in client.get(address).text
        client.sign_in("secretary")
        assert f"/speakers/{one}/confirmation" in client.get(address).text
        assert client.submit(f"/speakers/{one}/confirmation", {}).status_code == 303
        client.sign_in("owner")
        assert address in client.get("/").text
        assert f"/speakers/{one}/objection" in client.get(address).text
        assert client.submit(f"/speakers/{one}/objection", {"reason": ""}).status_code == 422
        client.submit(f"/speakers/{one}/objection", {"reason": "我没有监护人。"})
        client.sign_in("tenant")
        assert "/review" not in client.get(f"/owners-votes/{vote.id}").text
        client.sign_in("chair")
        assert "我没有监护人。" in client.get(address).text
        client.submit(f"/speakers/{one}/decision", {"stands": "no", "reason": "证明是别人的。"})
        assert db.session.get_one(Speaker, one).standing is Standing.REFUSED
        assert "证明是别人的。" in client.sign_in("owner").get(address).text
