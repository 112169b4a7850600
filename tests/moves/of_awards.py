"""Awards in every state, those who were put forward for them, what hangs out, and certificates."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.awards import events as e
from portal.awards.actions import announcing, certifying, nominating, posting, reviewing, voting
from portal.awards.models import Award, AwardCertificate, AwardObjection, Nominee
from portal.awards.words import AwardState, NomineeState, Verdict
from portal.core import clock
from portal.core.db import db, transaction, write
from portal.places.models import Place
from portal.voting.actions.closing import annul_poll, certify_poll, close_poll
from portal.voting.models import Poll
from portal.voting.words import Outcome, PollState
from tests.awards.conftest import (
    CLOSED,
    GROUPS,
    LATER,
    SAID,
    SEED,
    announced,
    categories,
    nominee_named,
    on_ballot,
    put,
    put_forward,
    vote,
)
from tests.moves.of_votes import same
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.world import World

S, N = AwardState, NomineeState
AFTER = CLOSED + timedelta(days=30)
"""All hours have passed: of nominations, of the vote, of the posting."""
PUT_TO_VOTE = (S.VOTING, S.COUNTED, S.POSTED, S.HONOURED)


def to(world: World, state: AwardState) -> Award:
    """An award taken as far as this state by those who may; of two categories one is counted while it is voted on."""
    award = announced(world)
    if state in PUT_TO_VOTE:
        _vote(world, award, both=state is not S.VOTING)
    else:
        nominees = put_forward(world, award)
        if state is S.REVIEWING:
            for nominee in nominees:
                reviewing.admit_nominee(world.worker, nominee, about=nominee.about)
            with clock.frozen(LATER):
                announcing.close_nominations(world.secretary, award)
        if state is S.CANCELLED:
            announcing.cancel_award(world.secretary, award, reason="没有人提名")
    if state in (S.POSTED, S.HONOURED):
        with clock.frozen(CLOSED):
            posting.post_names(world.worker, award)
    if state is S.HONOURED:
        with clock.frozen(AFTER):
            certifying.finish_award(world.worker, award)
    return award


def _vote(world: World, award: Award, *, both: bool) -> None:
    polls = on_ballot(world, award)
    vote(world, polls[0], co_owner="王秀兰", chair="王秀兰", merchant="周大爷")
    vote(world, polls[1], chair=GROUPS[0], tenant=GROUPS[0], merchant=GROUPS[1])
    with clock.frozen(CLOSED):
        for poll in polls if both else polls[1:]:
            close_poll(world.secretary, poll)
            certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)


def build(world: World, case: Case) -> Stage:
    return Stage(world, case, [to(world, S(case.state))])


def of_nominee(world: World, case: Case) -> Stage:
    """The owner, who put himself forward, is watched; beside him a group without an account."""
    award = to(world, S(case.state))
    nominee = nominee_named(award, "王秀兰")
    assert case.thing is not None
    if nominee.state is not case.thing:
        write(sa.update(Nominee).where(Nominee.id == nominee.id).values(state=case.thing))
        db.session.refresh(nominee)
    made = {"award": award, "group": nominee_named(award, GROUPS[0]), "other": nominee_named(award, "赵强")}
    return Stage(world, case, [nominee], made)


def main(stage: Stage) -> Any:
    return stage.main


def award_of(stage: Stage) -> Any:
    return stage.made["award"]


def group(stage: Stage) -> Any:
    return stage.made["group"]


def community(stage: Stage) -> Any:
    return stage.world.get(Place, "community")


def first_category(stage: Stage) -> dict[str, Any]:
    return {"category_id": categories(stage.main)[0].id}


def first_poll(stage: Stage) -> Poll | None:
    return db.session.get(Poll, categories(stage.main)[0].poll_id or 0)


def counted_as(outcome: Outcome) -> Any:
    return lambda stage: {"poll": first_poll(stage) or Poll(id=0), "outcome": outcome}


def closed(stage: Stage) -> None:
    poll = first_poll(stage)
    if poll is not None and poll.state is PollState.OPEN:
        with clock.frozen(CLOSED):
            close_poll(stage.world.secretary, poll)


def void(stage: Stage) -> None:
    """No poll of it stands, and it says why."""
    found = sa.select(Poll).where(Poll.occasion == stage.main.story)
    for poll in db.session.scalars(found.where(Poll.state.in_((PollState.OPEN, PollState.CLOSED)))):
        annul_poll(stage.world.secretary, poll, reason="名字印错了")
    write(sa.update(Poll).where(Poll.occasion == stage.main.story).values(state=PollState.ANNULLED))
    with transaction():
        stage.main.because = "不办了"


def winner(stage: Stage) -> dict[str, Any]:
    return {"nominee_id": nominee_named(stage.main, "王秀兰").id, "reason": "不是他办的", "once": "o"}


def raised(stage: Stage) -> None:
    objection = AwardObjection(
        award_id=stage.main.id,
        nominee_id=nominee_named(stage.main, "王秀兰").id,
        place_path=stage.main.place_path,
        author_id=stage.world.ids["tenant"],
        reason="不是他办的",
        raised_at=clock.now(),
        once="raised",
    )
    with transaction():
        db.session.add(objection)
        stage.main.objections_open += 1
    stage.made["objection"] = objection


def certificate(stage: Stage) -> Any:
    found = sa.select(AwardCertificate).where(AwardCertificate.award_id == stage.main.id)
    return db.session.scalars(found.order_by(AwardCertificate.serial)).first()


def anybody(stage: Stage) -> dict[str, Any]:
    return {"put": put(award_of(stage), "钱奶奶"), "once": "n"}


UPHELD = {"verdict": Verdict.UPHELD, "answer": "查了，是别人办的。"}
WHY = {"reason": "提的人少"}
AWARDS = Family(
    "award",
    AFTER,
    [Case(state, late=late) for state in S for late in (False, True)],
    build,
    [
        Attempt(announcing.announce_award, community, same(said=SAID, once="another")),
        Attempt(
            announcing.extend_nominations,
            main,
            same(**WHY, until=AFTER + timedelta(days=1)),
            event=e.NominationsExtended,
        ),
        Attempt(announcing.close_nominations, main, timed=True, event=e.NominationsClosed),
        Attempt(announcing.drop_category, main, lambda s: {**first_category(s), **WHY}),
        Attempt(
            announcing.drop_category,
            main,
            lambda s: {**first_category(s), **WHY},
            void,
            variant="no poll of it stands",
        ),
        Attempt(announcing.cancel_award, main, same(reason="不办了"), variant="as it is"),
        Attempt(
            announcing.cancel_award,
            main,
            same(reason="不办了"),
            void,
            variant="no poll stands",
            event=e.AwardCancelled,
        ),
        Attempt(voting.open_vote, main, same(seed=SEED), event=e.AwardPutToVote),
        Attempt(voting.vote_again, main, first_category, variant="its poll stands"),
        Attempt(voting.vote_again, main, first_category, void, variant="its poll is void"),
        Attempt(voting.count_category, main, counted_as(Outcome.RETURNED), variant="returned"),
        Attempt(voting.count_category, main, counted_as(Outcome.SETTLED), closed, variant="settled"),
        Attempt(voting.release_category, main, lambda s: {"poll": first_poll(s) or Poll(id=0)}),
        Attempt(posting.post_names, main, event=e.AwardPosted),
        Attempt(posting.object_to_name, main, winner, timed=True),
        Attempt(posting.answer_name_objection, lambda s: s.made["objection"], same(**UPHELD), raised),
        Attempt(certifying.finish_award, main, timed=True, event=e.AwardFinished),
    ],
)
NOMINEES = Family(
    "nominee",
    AFTER,
    [
        *(Case(S.NOMINATING, state) for state in N),
        Case(S.NOMINATING, N.PROPOSED, late=True),
        *(Case(state, N.ADMITTED) for state in (S.REVIEWING, *PUT_TO_VOTE)),
    ],
    of_nominee,
    [
        Attempt(nominating.nominate, award_of, anybody, timed=True),
        Attempt(nominating.nominate_for, award_of, lambda s: {**anybody(s), "spoken_for": "李阿姨"}),
        Attempt(nominating.consent, main, same(named=True)),
        Attempt(nominating.be_named, main, same(named=True)),
        Attempt(nominating.decline, main, event=e.NomineeDeclined),
        Attempt(nominating.record_consent, group, same(how="当面说的", agreed=True), variant="of a group"),
        Attempt(
            nominating.record_consent, main, same(how="当面说的", agreed=True), variant="who has an account"
        ),
        Attempt(reviewing.admit_nominee, main, same(about="热心人"), event=e.NomineeAdmitted),
        Attempt(reviewing.refuse_nominee, main, same(reason="不合条件"), event=e.NomineeRefused),
        Attempt(
            reviewing.merge_nominee,
            lambda s: s.made["other"],
            lambda s: {"into_id": s.main.id},
            variant="of two accounts",
        ),
        Attempt(
            reviewing.merge_nominee,
            main,
            lambda s: {"into_id": nominee_named(award_of(s), "周大爷").id},
            event=e.NomineeMerged,
        ),
        Attempt(posting.renounce, main),
        Attempt(posting.record_renouncing, group, same(how="电话里说的"), variant="of a group"),
        Attempt(posting.record_renouncing, main, same(how="电话里说的"), variant="who has an account"),
    ],
)
PAPERS = Family(
    "award certificate",
    AFTER,
    [Case(S.HONOURED)],
    build,
    [Attempt(certifying.revoke_certificate, certificate, same(reason="查实是别人办的"))],
)
