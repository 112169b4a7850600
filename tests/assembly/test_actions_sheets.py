"""The printed record of a count: signed on paper, photographed, read by those who check ballots."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.assembly.actions.counting import count_again, name_scrutineer, sign_on_paper
from portal.assembly.models.counts import Scrutineer, TallySheet
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import Counter, VoteState
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.files import StoredFile
from tests.assembly.conftest import MakeVote
from tests.assembly.letters import kept
from tests.assembly.signing import on_paper
from tests.assembly.test_actions_count import counted, seat
from tests.conftest import Client
from tests.world import NOW, World


def table(vote: OwnersVote) -> list[Scrutineer]:
    found = sa.select(Scrutineer).where(Scrutineer.vote_id == vote.id).order_by(Scrutineer.id)
    return list(db.session.scalars(found))


def stored(vote: OwnersVote) -> list[TallySheet]:
    return list(db.session.scalars(sa.select(TallySheet).where(TallySheet.vote_id == vote.id)))


def test_one_sheet_carries_the_names_of_all_who_signed_on_it(world: World, make_vote: MakeVote) -> None:
    vote = counted(world, make_vote)
    sheet = on_paper(world.secretary, vote)
    assert sheet is not None
    assert sheet.names == "计票员甲、监票员乙、监票员丙"
    assert {(s.signed_at, s.sheet_id) for s in table(vote)} == {(NOW, sheet.id)}
    (file,) = db.session.scalars(sa.select(StoredFile).where(StoredFile.subject == f"tally_sheet:{sheet.id}"))
    assert (file.purpose, file.stored_by_id) == ("sheet", world.ids["secretary"])


def test_nobody_signs_without_a_photograph_and_no_photograph_without_names(
    world: World, make_vote: MakeVote
) -> None:
    vote = counted(world, make_vote)
    with pytest.raises(Invalid) as refused:
        sign_on_paper(world.secretary, vote, signers=[table(vote)[0].id], sheet=())
    assert refused.value.field == "sheet"
    with pytest.raises(Invalid) as refused:
        sign_on_paper(world.secretary, vote, signers=(), sheet=(kept(),))
    assert refused.value.field == "signers"
    assert stored(vote) == []


def test_who_signs_later_comes_on_a_sheet_of_his_own(world: World, make_vote: MakeVote) -> None:
    vote = counted(world, make_vote)
    one, two, three = table(vote)
    on_paper(world.secretary, vote, one, two)
    assert on_paper(world.secretary, vote, two) is None
    on_paper(world.chair, vote, two, three)
    assert [s.names for s in stored(vote)] == ["计票员甲、监票员乙", "监票员丙"]


@pytest.mark.parametrize("who", ["worker", "manager", "owner", "tenant"])
def test_who_may_not_keep_it(who: str, world: World, make_vote: MakeVote) -> None:
    vote = counted(world, make_vote)
    with pytest.raises(NotAllowed):
        on_paper(world.actor(who), vote)


def test_the_secretary_of_another_community_finds_no_such_vote(world: World, make_vote: MakeVote) -> None:
    other: Actor = world.actor("other_secretary")
    with pytest.raises((NotAllowed, NotVisible)):
        on_paper(other, counted(world, make_vote))


@pytest.mark.parametrize("state", [VoteState.CLOSED, VoteState.FINAL, VoteState.ARCHIVED, VoteState.VOID])
def test_only_between_the_count_and_the_certificate(
    state: VoteState, world: World, make_vote: MakeVote
) -> None:
    with pytest.raises(NotAllowed):
        sign_on_paper(world.secretary, make_vote(state=state), signers=[1], sheet=(kept(),))


def test_a_person_with_an_account_or_of_another_vote_is_not_signed_for(
    world: World, make_vote: MakeVote
) -> None:
    vote, other = make_vote(state=VoteState.CLOSED), counted(world, make_vote)
    own = name_scrutineer(world.secretary, other, role=Counter.SCRUTINEER, name="王秀兰", phone="19900000004")
    with pytest.raises(NotAllowed, match="本人登录"):
        on_paper(world.secretary, other, own)
    seat(world, vote)
    with pytest.raises(NotVisible):
        on_paper(world.secretary, other, table(vote)[0])


def test_a_count_made_anew_is_signed_on_a_new_sheet_and_the_old_one_stays(
    world: World, make_vote: MakeVote
) -> None:
    vote = counted(world, make_vote)
    on_paper(world.secretary, vote)
    seen = vote.moved_at.isoformat()
    with clock.frozen(NOW + timedelta(hours=1)):
        count_again(world.secretary, vote)
        assert {(s.signed_at, s.sheet_id) for s in table(vote)} == {(None, None)}
        with pytest.raises(Conflict):
            on_paper(world.secretary, vote, seen=seen)
        on_paper(world.secretary, vote)
    assert len(stored(vote)) == 2


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("secretary", 200), ("chair", 200), ("worker", 403), ("owner", 403), ("tenant", 403), ("visitor", 303),
        ("other_secretary", 404),
    ],
)  # fmt: skip
def test_the_record_and_its_photograph_are_read_by_those_who_check_ballots(
    who: str, status: int, world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = counted(world, make_vote)
    sheet = on_paper(world.secretary, vote)
    assert sheet is not None
    file = db.session.scalars(sa.select(StoredFile.id).where(StoredFile.purpose == "sheet")).one()
    client.sign_in(who)
    for address in (f"sheets/{sheet.id}/files/{file}/full", "prints/tally"):
        assert client.get(f"/owners-votes/{vote.id}/{address}").status_code == status


def test_a_sheet_is_found_under_its_own_vote_only(world: World, make_vote: MakeVote, client: Client) -> None:
    vote, other = counted(world, make_vote), counted(world, make_vote)
    sheet = on_paper(world.secretary, vote)
    assert sheet is not None
    file = db.session.scalars(sa.select(StoredFile.id).where(StoredFile.purpose == "sheet")).one()
    client.sign_in("secretary")
    for vote_id, sheet_id, file_id in (
        (other.id, sheet.id, file),
        (vote.id, 10**12, file),
        (vote.id, sheet.id, 0),
    ):
        address = f"/owners-votes/{vote_id}/sheets/{sheet_id}/files/{file_id}/full"
        assert client.get(address).status_code == 404


def test_the_printed_record_has_every_figure_and_a_line_for_every_name(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = counted(world, make_vote)
    client.sign_in("secretary")
    text = client.get(f"/owners-votes/{vote.id}/prints/tally").get_data(as_text=True)
    for said in ("业主大会唱票计票记录", "纸质票", "同意", "弃权", "无效", "监票员丙", "参加表决的合计"):
        assert said in text
    made = client.get(f"/owners-votes/{vote.id}/prints/tally?format=pdf")
    assert made.data.startswith(b"%PDF-")
    assert f"tally-{vote.number}.pdf" in made.headers["Content-Disposition"]


@pytest.mark.parametrize("state", [VoteState.OPEN, VoteState.CLOSED])
def test_there_is_no_record_before_the_count(state: VoteState, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=state)
    assert client.sign_in("secretary").get(f"/owners-votes/{vote.id}/prints/tally").status_code == 403
