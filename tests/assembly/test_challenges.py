"""An owner says that what staff entered in his name is not his or wrong: answered, struck out by two, or kept."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from portal.assembly import challenges, countfile
from portal.assembly.actions.casting import cast_ballot
from portal.assembly.actions.challenging import answer_challenge, challenge_ballot, confirm_strike
from portal.assembly.actions.counting import begin_count
from portal.assembly.box import AtVoter
from portal.assembly.challenges import Claim, Fate
from portal.assembly.electorate import ballots_of, roll_of
from portal.assembly.models.box import OwnerBallot
from portal.assembly.models.challenges import BallotChallenge
from portal.assembly.models.rolls import Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.queries.entries import own_entries
from portal.assembly.queries.receipts import uncounted
from portal.assembly.uncounted import Aside
from portal.assembly.words import Channel, VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry, Visibility
from portal.core.waiting import waiting_for
from tests.assembly.conftest import CLOSES, MakeVote, speaker_of, voter_of
from tests.assembly.papers import put_in
from tests.assembly.test_actions_pictures import in_state
from tests.assembly.test_family import on_paper
from tests.conftest import Client
from tests.world import NOW, World


@pytest.mark.parametrize(
    ("at", "hour"),
    [
        (NOW, NOW + timedelta(days=1)),
        (CLOSES - timedelta(hours=10), CLOSES),
        (CLOSES - timedelta(hours=1), CLOSES + timedelta(hours=2)),
        (CLOSES + timedelta(hours=1), CLOSES + timedelta(hours=4)),
    ],
)
def test_it_is_due_in_a_day_and_before_the_close(at: object, hour: object) -> None:
    assert challenges.due(at, CLOSES) == hour  # type: ignore[arg-type]


def entered(world: World, vote: OwnersVote, key: str = "201", by: str = "worker") -> str:
    """A paper that staff read in."""
    return put_in(vote, key, "for,for", by=world.ids[by])


def voter(vote: OwnersVote, key: str = "201") -> Voter:
    return db.session.get_one(Voter, voter_of(vote, key).id)


def raised(world: World, vote: OwnersVote, key: str = "101", name: str = "owner") -> BallotChallenge:
    code = entered(world, vote, key)
    return challenge_ballot(
        world.actor(name), voter(vote, key), receipt=code, claim=Claim.NOT_MINE, text="我没有去过", once="c"
    )


def authorised(vote: OwnersVote) -> list[bool]:
    """Of every ballot in the count file, whether it may count."""
    return [given.on(0).get("authorised", True) for given in ballots_of(vote, roll_of(vote))]


def kinds(world: World, name: str) -> set[str]:
    return {w.kind for w in waiting_for(world.actor(name))} & {"answer_challenge", "confirm_strike"}


def test_it_counts_until_two_people_have_struck_it_out(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    challenge = raised(world, vote)
    assert (challenge.due, challenge.fate) == (NOW + timedelta(days=1), Fate.WAITING)
    assert [kinds(world, n) for n in ("secretary", "chair", "worker", "owner", "tenant")] == [
        {"answer_challenge"},
        {"answer_challenge"},
        set(),
        set(),
        set(),
    ]
    answer_challenge(world.secretary, challenge, strike=True, reason="签名不是他的")
    assert authorised(vote) == [True]
    assert [kinds(world, n) for n in ("secretary", "chair", "worker")] == [set(), {"confirm_strike"}, set()]
    with pytest.raises(NotAllowed, match="另一个人"):
        confirm_strike(world.secretary, challenge, accepted=True)
    with pytest.raises(NotAllowed, match="没有经手"):
        confirm_strike(world.worker, challenge, accepted=True)
    confirm_strike(world.chair, challenge, accepted=True)
    assert challenge.fate is Fate.STRUCK
    assert authorised(vote) == [False]
    (counted, _other) = countfile.counted(countfile.cases(vote, countfile.matters_of(vote)))
    assert counted["part"] == ["0.00", 0]
    assert [line["reason"] for line in counted["uncounted"]] == ["UNAUTHORISED"]
    matters = [SimpleNamespace(position=0, result=counted)]
    assert uncounted(vote, matters) == {challenge.receipt: {0: Aside.STRUCK}}
    read = [e.left_out for own in own_entries(world.owner, vote, matters) for e in own.entries]
    assert read == [{0: Aside.STRUCK}]


def test_kept_it_counts_and_the_reason_stays(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    challenge = raised(world, vote)
    with pytest.raises(Invalid):
        answer_challenge(world.secretary, challenge, strike=False, reason=" ")
    answer_challenge(world.secretary, challenge, strike=False, reason="原票上是他的签名")
    assert (challenge.fate, authorised(vote)) == (Fate.KEPT, [True])
    with pytest.raises(NotAllowed, match="已经答复过"):
        answer_challenge(world.chair, challenge, strike=True, reason="再看")
    with pytest.raises(Conflict, match="已经提过"):
        challenge_ballot(
            world.owner, voter(vote, "101"), receipt=challenge.receipt, claim=Claim.WRONG, once="again"
        )


def test_where_the_second_person_disagrees_it_is_answered_anew(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    challenge = raised(world, vote)
    answer_challenge(world.secretary, challenge, strike=True, reason="签名不是他的")
    confirm_strike(world.chair, challenge, accepted=False)
    assert kinds(world, "secretary") == {"answer_challenge"}
    answer_challenge(world.chair, challenge, strike=False, reason="签名是他的")
    assert (challenge.fate, challenge.answer) == (Fate.KEPT, "签名是他的")


def test_the_same_form_twice_is_one(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    first = raised(world, vote)
    again = challenge_ballot(
        world.owner, voter(vote, "101"), receipt=first.receipt, claim=Claim.NOT_MINE, once="c"
    )
    assert again is first


@pytest.mark.parametrize("name", ["chair", "tenant", "worker", "secretary", "neighbour"])
def test_nobody_else_says_it_for_him(world: World, make_vote: MakeVote, name: str) -> None:
    vote = make_vote()
    code = entered(world, vote, "101")
    with pytest.raises((NotAllowed, NotVisible)):
        challenge_ballot(world.actor(name), voter(vote, "101"), receipt=code, claim=Claim.WRONG, once="c")


def test_staff_who_act_for_him_do_not_say_it(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    code = entered(world, vote, "101")
    acting = replace(world.owner, entered_by=world.ids["worker"], grants=frozenset())
    with pytest.raises(NotAllowed):
        challenge_ballot(acting, voter(vote, "101"), receipt=code, claim=Claim.WRONG, once="c")


def test_of_ones_own_ballot_and_of_a_co_owners_there_is_nothing_to_say(
    world: World, make_vote: MakeVote
) -> None:
    vote = make_vote()
    me, other = (speaker_of(world, vote, n).id for n in ("owner", "co_owner"))
    own = put_in(vote, "101", "for,for", speaker_id=me, channel=Channel.ONLINE)
    theirs = put_in(vote, "101", "for,for", speaker_id=other, channel=Channel.DESK, by=world.ids["worker"])
    for code in (own, theirs, "0000-0000"):
        with pytest.raises(NotVisible):
            challenge_ballot(world.owner, voter(vote, "101"), receipt=code, claim=Claim.WRONG, once="c")


def test_who_entered_it_or_owns_the_home_does_not_answer(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    code = entered(world, vote, "201", by="secretary")
    challenge = challenge_ballot(world.chair, voter(vote), receipt=code, claim=Claim.WRONG, once="c")
    for name in ("secretary", "chair", "owner"):
        with pytest.raises((NotAllowed, NotVisible)):
            answer_challenge(world.actor(name), challenge, strike=True, reason="看过")
    answer_challenge(world.worker, challenge, strike=True, reason="看过")


@pytest.mark.parametrize("state", [VoteState.COUNTING, VoteState.PRELIMINARY, VoteState.VOID])
def test_once_the_count_has_begun_there_are_the_objections_to_the_result(
    world: World, make_vote: MakeVote, state: VoteState
) -> None:
    vote = make_vote()
    challenge, code = raised(world, vote), entered(world, vote, "201")
    in_state(vote, state)
    with pytest.raises(NotAllowed, match="异议"):
        challenge_ballot(world.chair, voter(vote), receipt=code, claim=Claim.WRONG, once="late")
    with pytest.raises(NotAllowed, match="异议"):
        answer_challenge(world.secretary, challenge, strike=True, reason="看过")


def test_the_count_waits_for_the_answer(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    challenge = raised(world, vote)
    in_state(vote, VoteState.CLOSED)
    with clock.frozen(CLOSES + timedelta(hours=5)):
        with pytest.raises(Conflict) as refusal:
            begin_count(world.secretary, vote)
        assert any("没有办完" in str(why) for why in refusal.value.reasons)
        answer_challenge(world.secretary, challenge, strike=False, reason="原票上是他的签名")
        with pytest.raises(Conflict) as refusal:
            begin_count(world.secretary, vote)
        assert not any("没有办完" in str(why) for why in refusal.value.reasons)


def test_what_he_gave_himself_since_is_another_ballot(world: World, make_vote: MakeVote) -> None:
    """The counter's entry keeps its receipt when he changes it; what is struck out is not his own."""
    vote = make_vote()
    acting = replace(world.chair, entered_by=world.ids["worker"], grants=frozenset())
    own = voter(vote)
    code = cast_ballot(acting, AtVoter(own.id), choices=["for", "for"], once="counter")
    challenge = challenge_ballot(world.chair, own, receipt=code, claim=Claim.WRONG, once="c")
    cast_ballot(world.chair, AtVoter(own.id), choices=["against", "for"], once="own", seen=0)
    answer_challenge(world.secretary, challenge, strike=True, reason="看过")
    with pytest.raises(NotAllowed):
        confirm_strike(world.chair, challenge, accepted=True)  # his own home
    with transaction():
        challenge.fate = Fate.STRUCK
    assert db.session.scalar(sa.select(OwnerBallot.changes)) == 1
    assert authorised(vote) == [True]


def test_a_struck_paper_no_longer_stands_before_what_the_counter_entered(
    world: World, make_vote: MakeVote
) -> None:
    vote = make_vote()
    challenge = raised(world, vote)
    me = speaker_of(world, vote, "owner").id
    put_in(vote, "101", "for,for", speaker_id=me, channel=Channel.DESK, by=world.ids["worker"])
    assert len(authorised(vote)) == 1
    answer_challenge(world.secretary, challenge, strike=True, reason="签名不是他的")
    confirm_strike(world.chair, challenge, accepted=True)
    assert sorted(authorised(vote)) == [False, True]


def test_the_log_says_it_without_names(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    challenge = raised(world, vote)
    answer_challenge(world.secretary, challenge, strike=True, reason="签名不是他的")
    confirm_strike(world.chair, challenge, accepted=True)
    said = sa.select(Entry).where(
        Entry.name.startswith("ballot_challenge."), Entry.story.startswith("owners_vote")
    )
    entries = list(db.session.scalars(said.order_by(Entry.id)))
    public = [e.name for e in entries if e.visibility is Visibility.PUBLIC]
    assert public == ["ballot_challenge.raised", "ballot_challenge.struck"]
    assert all(e.payload == {"vote_id": vote.id} for e in entries if e.visibility is Visibility.PUBLIC)


def test_on_the_screen(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    code = entered(world, vote, "101")
    page = client.sign_in("owner").get(f"/owners-votes/{vote.id}").text
    link = f"/voters/{voter_of(vote, '101').id}/challenge"
    assert f'href="{link}"' in page
    assert code in client.get(link).text
    client.submit(link, {"receipt": code, "claim": "not_mine", "text": "我没有去过", "once": "c"})
    challenge = db.session.scalars(sa.select(BallotChallenge)).one()
    own = f"/ballot-challenges/{challenge.id}"
    assert "等召集人答复" in client.get(own).text
    assert "等召集人答复" in client.get(f"/owners-votes/{vote.id}").text
    assert client.sign_in("neighbour").get(own).status_code == 404
    assert client.sign_in("tenant").get(own).status_code == 404
    desk = client.sign_in("secretary").get(own).text
    assert "我没有去过" in desk
    assert "请您答复" in desk
    assert client.submit(f"{own}/answer", {"strike": "yes", "reason": ""}).status_code == 422
    client.submit(f"{own}/answer", {"strike": "yes", "reason": "签名不是他的"})
    assert "请您再核对一遍" in client.sign_in("chair").get(own).text
    client.submit(f"{own}/confirmation", {"accepted": "yes"})
    assert "签名不是他的" in client.sign_in("owner").get(f"/owners-votes/{vote.id}").text
    assert "划掉了" in client.get(own).text


def test_who_is_accused_does_not_enter_another_in_its_place(world: World, make_vote: MakeVote) -> None:
    """Nor anybody else before the answer; the owner himself may at any time."""
    vote = make_vote()
    at, at_desk = AtVoter(voter(vote, "101").id), replace(world.owner, entered_by=world.ids["worker"])
    code = cast_ballot(at_desk, at, choices=["for", "for"], once="desk")
    challenge = challenge_ballot(
        world.owner, voter(vote, "101"), receipt=code, claim=Claim.NOT_MINE, once="desk"
    )
    seen = challenge.changes
    for clerk in ("worker", "secretary"):
        with pytest.raises(NotAllowed, match="业主说这张票"):
            again(world, at, clerk, seen)
    answer_challenge(world.secretary, challenge, strike=True, reason="签名不是他的")
    confirm_strike(world.chair, challenge, accepted=True)
    with pytest.raises(NotAllowed, match="业主说这张票"):
        again(world, at, "worker", seen)
    again(world, at, "secretary", seen)
    assert authorised(vote) == [True]


def again(world: World, at: AtVoter, clerk: str, seen: int) -> None:
    at_desk = replace(world.owner, entered_by=world.ids[clerk])
    cast_ballot(at_desk, at, choices=["against", "against"], once=f"again-{clerk}", seen=seen)


def test_nobody_who_read_the_paper_answers_for_it(world: World, make_vote: MakeVote) -> None:
    """A paper of 201 that the worker and the secretary read: the secretary neither answers nor confirms."""
    vote = make_vote()
    on_paper(world, vote, "201", ("for", "for"), signer=None)
    paper = db.session.scalars(sa.select(OwnerBallot).where(OwnerBallot.vote_id == vote.id)).one()
    challenge = challenge_ballot(
        world.chair, voter(vote, "201"), receipt=paper.receipt, claim=Claim.WRONG, once="paper"
    )
    assert {challenge.entered_by_id, challenge.second_by_id} == {world.ids["worker"], world.ids["secretary"]}
    with pytest.raises(NotAllowed, match="没有经手"):
        answer_challenge(world.secretary, challenge, strike=True, reason="看过了")
