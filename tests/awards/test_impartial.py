"""Who stands does not decide about his rivals, nor does anybody put himself on the ballot from the counter."""

import pytest
import sqlalchemy as sa

from portal.accounts.models import User
from portal.awards.actions.announcing import (
    cancel_award,
    close_nominations,
    drop_category,
    extend_nominations,
)
from portal.awards.actions.nominating import decline, nominate, nominate_for, record_consent
from portal.awards.actions.reviewing import admit_nominee, merge_nominee, refuse_nominee
from portal.awards.actions.voting import open_vote
from portal.awards.models import Award
from portal.awards.words import NomineeState
from portal.core import clock
from portal.core.db import db
from portal.core.errors import NotAllowed
from portal.voting.actions.closing import close_poll
from portal.voting.models import Poll
from portal.voting.words import PollState
from tests.awards.conftest import CLOSED, LATER, SEED, UNTIL, categories, put, put_forward
from tests.conftest import Client
from tests.world import World


def test_staff_do_not_write_themselves_down(world: World, award: Award) -> None:
    for name in ("沈佳慧", "沈 佳慧"):
        with pytest.raises(NotAllowed, match="和您的一样"):
            nominate_for(world.worker, award, put=put(award, name), spoken_for="李大妈", once="1")
    nominee = nominate(world.owner, award, put=put(award, "沈·佳慧"), once="2")
    with pytest.raises(NotAllowed, match="和您的一样"):
        record_consent(world.worker, nominee, how="当面", agreed=True)
    record_consent(world.secretary, nominee, how="当面", agreed=True)
    with pytest.raises(NotAllowed, match="和您的一样"):
        admit_nominee(world.worker, nominee, about="热心")


def test_who_stands_leaves_his_rivals_to_others(world: World, award: Award) -> None:
    rival = nominate(world.owner, award, put=put(award, "周大爷"), once="1")
    same = nominate(world.tenant, award, put=put(award, "周德生"), once="2")
    phone = world.get(User, "worker").phone
    own = nominate(world.chair, award, put=put(award, "沈佳慧", phone=phone), once="3")
    assert own.user_id == world.ids["worker"]
    for step in (
        lambda: refuse_nominee(world.worker, rival, reason="不合适"),
        lambda: admit_nominee(world.worker, rival, about="热心"),
        lambda: merge_nominee(world.worker, same, into_id=rival.id),
        lambda: record_consent(world.worker, rival, how="当面说不参加", agreed=False),
        lambda: nominate_for(world.worker, award, put=put(award, "钱奶奶"), spoken_for="李大妈", once="4"),
        lambda: drop_category(world.worker, award, category_id=categories(award)[0].id, reason="不评了"),
        lambda: extend_nominations(world.worker, award, until=LATER, reason="再等等"),
    ):
        with pytest.raises(NotAllowed, match="您自己是候选"):
            step()
    decline(world.worker, own)
    refuse_nominee(world.worker, rival, reason="去年评过")
    assert rival.state is NomineeState.REFUSED


def test_a_secretary_who_stands_opens_no_vote(world: World, award: Award, client: Client) -> None:
    for nominee in put_forward(world, award):
        admit_nominee(world.worker, nominee, about="热心")
    own = nominate(world.secretary, award, put=put(award, "冯小霞", himself=True), once="own")
    admit_nominee(world.worker, own, about="热心")
    with clock.frozen(LATER):
        close_nominations(world.worker, award)
        with pytest.raises(NotAllowed, match="您自己是候选"):
            open_vote(world.secretary, award, seed=SEED)
        with pytest.raises(NotAllowed, match="您自己是候选"):
            cancel_award(world.secretary, award, reason="不办了")
        for name in ("secretary", "worker"):
            page = client.sign_in(name).get(f"/awards/{award.id}").text
            assert (f"/awards/{award.id}/opening" in page) == (name == "worker")
        open_vote(world.worker, award, seed=SEED)
        polls = sa.select(Poll.state, Poll.honours).where(Poll.occasion == award.story)
        assert set(map(tuple, db.session.execute(polls))) == {(PollState.OPEN, True)}
    assert award.nominate_until == UNTIL


def test_nobody_closes_or_counts_the_vote_on_himself(world: World, award: Award) -> None:
    own = nominate(world.secretary, award, put=put(award, "冯小霞", himself=True), once="own")
    admit_nominee(world.worker, own, about="热心")
    for nominee in put_forward(world, award):
        admit_nominee(world.worker, nominee, about="热心")
    with clock.frozen(LATER):
        close_nominations(world.worker, award)
        open_vote(world.worker, award, seed=SEED)
    persons = db.session.scalars(
        sa.select(Poll).where(Poll.occasion == award.story).order_by(Poll.id)
    ).first()
    assert persons is not None
    with clock.frozen(CLOSED):
        with pytest.raises(NotAllowed, match="票上有您自己的名字"):
            close_poll(world.secretary, persons)
        close_poll(world.worker, persons)
    assert persons.state is PollState.CLOSED
