"""Who wins may give it up; who stands on the paper does not decide about it; how many names a paper takes."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.awards.actions.announcing import close_nominations
from portal.awards.actions.nominating import nominate, record_consent
from portal.awards.actions.posting import record_renouncing, renounce
from portal.awards.actions.reviewing import admit_nominee
from portal.awards.actions.voting import open_vote
from portal.awards.models import Award, AwardCertificate, Nominee
from portal.awards.rules import MOST_ADMITTED
from portal.awards.words import Vacancy
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.waiting import waiting_for
from portal.voting.actions.closing import annul_poll, certify_poll, close_poll
from portal.voting.actions.ties import announce_lot
from portal.voting.models import Poll, PollOption
from portal.voting.words import Outcome, PollState
from tests.awards.conftest import (
    CLOSED,
    GROUPS,
    LATER,
    SEED,
    announced,
    categories,
    counted,
    finished,
    nominee_named,
    on_ballot,
    posted,
    put,
    vote,
)
from tests.conftest import Client
from tests.world import World


def poll_of(award: Award, category: int = 0) -> Poll:
    return db.session.get_one(Poll, categories(award)[category].poll_id)


# ---- giving it up --------------------------------------------------------------------------------


def test_the_winner_himself_gives_it_up_and_the_next_moves_up(world: World, award: Award) -> None:
    posted(world, award)
    winner, until = nominee_named(award, "王秀兰"), award.posted_until
    with clock.frozen(CLOSED + timedelta(days=2)):
        for name in ("tenant", "worker", "secretary", "neighbour", "visitor"):
            with pytest.raises((NotAllowed, NotVisible)):
                renounce(world.actor(name), winner)
        renounce(world.actor("owner"), winner)
        with pytest.raises(NotAllowed):
            renounce(world.actor("owner"), winner)
    assert not winner.honoured
    assert nominee_named(award, "周大爷").honoured
    assert until
    assert award.posted_until
    assert award.posted_until > until, "a new name hangs out all its days"


def test_or_the_place_stays_empty_where_that_was_said(world: World) -> None:
    award = announced(world, vacancy=Vacancy.EMPTY)
    posted(world, award)
    until = award.posted_until
    with clock.frozen(CLOSED + timedelta(days=2)):
        renounce(world.actor("owner"), nominee_named(award, "王秀兰"))
    assert not nominee_named(award, "周大爷").honoured
    assert award.posted_until == until, "no new name"


def test_before_the_names_hang_out_nothing_hangs_out_anew(world: World, award: Award) -> None:
    counted(world, award)
    with clock.frozen(CLOSED):
        renounce(world.actor("owner"), nominee_named(award, "王秀兰"))
    assert nominee_named(award, "周大爷").honoured
    assert award.posted_at is None


def test_afterwards_his_certificate_is_void_and_nobody_follows(world: World, award: Award) -> None:
    finished(world, award)
    winner = nominee_named(award, "王秀兰")
    renounce(world.owner, winner)
    paper = sa.select(AwardCertificate).where(AwardCertificate.nominee_id == winner.id)
    assert db.session.scalars(paper).one().revoked_because == "本人放弃了这次荣誉。"
    assert not nominee_named(award, "周大爷").honoured


def test_staff_write_it_down_for_somebody_without_an_account(world: World, award: Award) -> None:
    posted(world, award)
    group = nominee_named(award, GROUPS[0])
    with clock.frozen(CLOSED):
        with pytest.raises(Invalid):
            record_renouncing(world.actor("worker"), group, how=" ")
        with pytest.raises(NotAllowed):
            record_renouncing(world.actor("owner"), group, how="电话里说的")
        with pytest.raises(NotAllowed):
            record_renouncing(world.actor("worker"), nominee_named(award, "王秀兰"), how="电话里说的")
        record_renouncing(world.actor("worker"), group, how="电话里说的")
    assert group.renounced_how
    assert not nominee_named(award, GROUPS[1]).honoured, "nobody follows without a vote"


def test_nobody_gives_up_what_he_has_not_won(world: World, award: Award) -> None:
    posted(world, award)
    with clock.frozen(CLOSED), pytest.raises(NotAllowed):
        renounce(world.actor("tenant"), nominee_named(award, "赵强"))


def test_on_the_pages(client: Client, world: World, award: Award) -> None:
    posted(world, award)
    winner, group = nominee_named(award, "王秀兰"), nominee_named(award, GROUPS[0])
    with clock.frozen(CLOSED):
        client.sign_in("owner")
        assert "放弃这次荣誉" in client.get(f"/nominees/{winner.id}").text
        client.submit(f"/nominees/{winner.id}/renouncing")
        assert "本人放弃荣誉" in client.get(f"/awards/{award.id}").text
        client.sign_in("worker")
        address = f"/nominees/{group.id}"
        assert "本人不要这个荣誉" in client.get(address).text
        assert client.submit(f"{address}/recorded-renouncing", {"how": ""}).status_code == 422
        client.submit(f"{address}/recorded-renouncing", {"how": "电话里说的"})
    db.session.expire_all()
    assert nominee_named(award, GROUPS[0]).renounced_at


# ---- who stands on the paper ---------------------------------------------------------------------


@pytest.fixture
def his_own(world: World, award: Award) -> Poll:
    """The secretary is on the paper, put forward by a neighbour and known as himself once it was out; the vote is over
    and he is level with another."""
    own = nominate(world.tenant, award, put=put(award, "冯小霞"), once="own")
    record_consent(world.worker, own, how="打电话问过，她同意。", agreed=True, named=True)
    admit_nominee(world.worker, own, about="跑了一年腿")
    polls = on_ballot(world, award)
    with transaction():
        own.user_id = world.ids["secretary"]
        polls[0].of_people = True
        line = sa.select(PollOption).where(PollOption.poll_id == polls[0].id, PollOption.title == "冯小霞")
        db.session.scalars(line).one().user_id = world.ids["secretary"]
    vote(world, polls[0], owner="冯小霞", tenant="周大爷")
    with clock.frozen(CLOSED):
        close_poll(world.actor("worker"), polls[0])
    return poll_of(award)


def test_the_secretary_decides_nothing_about_a_paper_with_his_own_name(world: World, his_own: Poll) -> None:
    lot = {"source": "双色球", "first_witness": "张桂兰", "second_witness": "刘大明"}
    with clock.frozen(CLOSED):
        secretary, draws_at = world.actor("secretary"), CLOSED + timedelta(days=1)
        with pytest.raises(NotAllowed, match="票上有您自己的名字"):
            certify_poll(secretary, his_own, outcome=Outcome.RETURNED, reason="再投")
        with pytest.raises(NotAllowed):
            annul_poll(secretary, his_own, reason="再投")
        with pytest.raises(NotAllowed):
            announce_lot(secretary, his_own, digits=12, draws_at=draws_at, **lot)
        announce_lot(world.actor("worker"), his_own, digits=12, draws_at=draws_at, **lot)
        certify_poll(world.actor("worker"), his_own, outcome=Outcome.RETURNED, reason="再投")
    assert his_own.state is PollState.CERTIFIED


def test_the_desk_asks_who_may(world: World, his_own: Poll) -> None:
    with clock.frozen(CLOSED):
        waits = {name: {w.kind for w in waiting_for(world.actor(name))} for name in ("secretary", "worker")}
    assert "certify_poll" not in waits["secretary"]
    assert "certify_poll" in waits["worker"]


def test_on_his_page_there_is_nothing_to_certify(client: Client, world: World, his_own: Poll) -> None:
    address = f"/polls/{his_own.id}"
    with clock.frozen(CLOSED):
        client.sign_in("secretary")
        assert f"{address}/certification" not in client.get(address).text
        assert client.get(f"{address}/certification").status_code == 403
        client.sign_in("worker")
        assert f"{address}/certification" in client.get(address).text


def test_of_groups_without_accounts_the_secretary_certifies_alone(world: World, award: Award) -> None:
    poll = on_ballot(world, award)[1]
    vote(world, poll, owner=GROUPS[0])
    with clock.frozen(CLOSED):
        close_poll(world.actor("secretary"), poll)
        with pytest.raises(NotAllowed):
            certify_poll(world.actor("worker"), poll, outcome=Outcome.SETTLED)
        certify_poll(world.actor("secretary"), poll, outcome=Outcome.SETTLED)


# ---- names on a paper ----------------------------------------------------------------------------


def admitted(world: World, award: Award, count: int, category: int = 0) -> list[Nominee]:
    """Three of everybody."""
    made = []
    for n in range(count):
        who = world.actor(("owner", "tenant", "co_owner", "chair", "merchant")[n % 5])
        nominee = nominate(who, award, put=put(award, f"候选{n}号", category), once=f"many-{n}")
        record_consent(world.worker, nominee, how="当面说的", agreed=True)
        admit_nominee(world.worker, nominee, about="热心人")
        made.append(nominee)
    return made


def test_more_than_a_dozen_stand_on_one_paper(world: World, award: Award) -> None:
    admitted(world, award, 15)
    on_other = [nominate(world.worker, award, put=put(award, name, 1), once=f"g-{name}") for name in GROUPS]
    for nominee in on_other:
        record_consent(world.secretary, nominee, how="当面说的", agreed=True)
        admit_nominee(world.secretary, nominee, about="热心的队伍")
    with clock.frozen(LATER):
        close_nominations(world.secretary, award)
        open_vote(world.secretary, award, seed=SEED)
    poll = poll_of(award)
    assert poll.options_count == 15
    vote(world, poll, owner="候选14号")


def test_the_one_too_many_is_told_at_the_review(world: World, award: Award) -> None:
    last = admitted(world, award, 1)[0]
    same = {c.key: getattr(last, c.key) for c in sa.inspect(Nominee).column_attrs if c.key != "id"}
    with transaction():
        db.session.add_all(Nominee(**{**same, "name": f"又一位{n}"}) for n in range(MOST_ADMITTED - 1))
    extra = nominate(world.owner, award, put=put(award, "多出来的"), once="extra")
    record_consent(world.worker, extra, how="当面说的", agreed=True)
    with pytest.raises(Conflict) as refused:
        admit_nominee(world.worker, extra, about="热心人")
    assert str(MOST_ADMITTED) in refused.value.unmet[0].sentence
    assert refused.value.unmet[0].cure
