"""Owners' votes in every state, before and after their hours, and every action on them."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.assembly import events as e
from portal.assembly.actions import (
    announcing,
    authorising,
    batching,
    casting,
    changing,
    closing,
    costs,
    counting,
    drafting,
    evidence,
    hanging,
    importing,
    objecting,
    opening,
    planning,
    reaching,
    rolls,
    scanning,
    sealing,
    speaking,
)
from portal.assembly.box import AtVoter
from portal.assembly.models.counts import Scrutineer
from portal.assembly.models.papers import Batch, BoxSeal
from portal.assembly.models.reaching import Delivery
from portal.assembly.models.rolls import Speaker, UnknownOwner
from portal.assembly.models.votes import Matter, OwnersVote, Posting, VoteObjection
from portal.assembly.roll import file
from portal.assembly.tally import tallied
from portal.assembly.words import (
    BatchState,
    Capacity,
    Channel,
    Counter,
    DeliveryWay,
    ObjectionKind,
    PostingKind,
    Standing,
    VoteState,
)
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.digests import digest
from portal.places.models import Place, Unit
from tests.assembly.conftest import build_vote, speaker_of, voter_of
from tests.assembly.convening import WALLS, question, terms
from tests.assembly.letters import kept
from tests.assembly.papers import put_in
from tests.assembly.test_actions_official import DIGEST, rows_for
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.world import NOW, World

LATE = NOW + timedelta(days=40)
COUNTED = (VoteState.COUNTING, VoteState.PRELIMINARY, VoteState.FINAL, VoteState.ARCHIVED)
CHOICES = ["for", "against"]
SAID = {"where": WALLS}
UPHELD = {"upheld": True, "answered_at": NOW, "answer": "对。"}
OWNERLESS = ("102", "202", "shop")
"""Units of the world that the register knows no owner of."""


def build(world: World, case: Case) -> Stage:
    """Three people are named for the count and have not signed; a paper hangs out; what is counted is kept. Why nobody
    knows three of the owners is stated."""
    vote = build_vote(world, VoteState(case.state))
    stage = Stage(world, case, [vote])
    with transaction():
        standers = {
            "teller": Scrutineer(role=Counter.TELLER, name="甲"),
            "scrutineer": Scrutineer(role=Counter.SCRUTINEER, name="乙", user_id=world.ids["auditor"]),
            "on paper": Scrutineer(role=Counter.SCRUTINEER, name="丙"),
        }
        posting = Posting(
            kind=PostingKind.NOTICE, where=WALLS, roll_version=1, by_id=world.ids["chair"], at=NOW
        )
        for key in OWNERLESS:
            stated = {"unit_id": world.ids[key], "reason": "查不到", "by_id": world.ids["chair"], "at": NOW}
            db.session.add(UnknownOwner(vote_id=vote.id, **stated))
        hung: tuple[Any, ...] = (*standers.values(), posting)
        for row in hung:
            row.vote_id, row.place_path = vote.id, vote.place_path
            db.session.add(row)
        stage.made = {**standers, "posting": posting, "photo": kept()}
        vote.roll_hash = digest(file.text(vote, file.kept_lines(vote.id)))
        if case.state in COUNTED:
            for matter, result in tallied(vote):
                matter.result = result
    return stage


def vote(stage: Stage) -> OwnersVote:
    return stage.main  # type: ignore[no-any-return]


def home(stage: Stage) -> Any:
    """Of the owner and the co-owner."""
    return voter_of(vote(stage), "101")


def at_home(stage: Stage) -> AtVoter:
    return AtVoter(home(stage).id)


def signed(stage: Stage) -> None:
    with transaction():
        signs = sa.update(Scrutineer).where(Scrutineer.vote_id == vote(stage).id)
        db.session.execute(signs.values(signed_at=clock.now()))


def nobody_there(stage: Stage) -> None:
    with transaction():
        db.session.execute(sa.delete(Scrutineer).where(Scrutineer.vote_id == vote(stage).id))


def nothing_stated(stage: Stage) -> None:
    with transaction():
        db.session.execute(sa.delete(UnknownOwner).where(UnknownOwner.vote_id == vote(stage).id))


def box_seal(world: World, vote: OwnersVote, **given: Any) -> BoxSeal:
    """Two papers were in the box, as the secretary counted them."""
    return BoxSeal(
        vote_id=vote.id,
        place_path=vote.place_path,
        papers=2 if given.get("standing") is Standing.STANDS else None,
        first=2,
        where=WALLS,
        once="seal",
        stated_by_id=world.ids["secretary"],
        stated_at=NOW,
        **given,
    )


def stated(stage: Stage) -> None:
    with transaction():
        stage.made["seal"] = box_seal(stage.world, vote(stage))
        db.session.add(stage.made["seal"])


def proposed(stage: Stage) -> None:
    with transaction():
        chosen = speaker_of(stage.world, vote(stage), "co_owner")
        chosen.proposed, chosen.proposed_by_id = True, stage.world.ids["worker"]


def half_read(stage: Stage) -> None:
    with transaction():
        db.session.add(
            Batch(
                vote_id=vote(stage).id,
                place_path=vote(stage).place_path,
                number=1,
                state=BatchState.SECOND,
                received_at=NOW,
                first_by_id=stage.world.ids["worker"],
                moved_at=NOW,
                once="batch",
            )
        )


def has_voted(stage: Stage) -> None:
    for name in ("owner", "co_owner"):
        speaker = speaker_of(stage.world, vote(stage), name).id
        put_in(vote(stage), "101", "for,for", speaker_id=speaker, channel=Channel.ONLINE)


def served(stage: Stage) -> None:
    """A worker was at the door."""
    door = Delivery(
        vote_id=vote(stage).id,
        voter_id=home(stage).id,
        place_path=home(stage).place_path,
        way=DeliveryWay.HANDED,
        warned=True,
        by_id=stage.world.ids["worker"],
        at=NOW,
        once="door",
    )
    with transaction():
        db.session.add(door)
    stage.made["delivery"] = door


def still_on(stage: Stage) -> None:
    """Announced for so long that it is not over when it is late."""
    with transaction():
        longer = sa.update(OwnersVote).where(OwnersVote.id == vote(stage).id)
        db.session.execute(longer.values(closes_at=LATE + timedelta(days=9)))


def sold(stage: Stage) -> None:
    """The home of the owner and the co-owner went to somebody who is on the roll with another one."""
    with transaction():
        of_chair = stage.world.ids["owners_201"]
        home = sa.update(Unit).where(Unit.id == stage.world.ids["101"])
        db.session.execute(home.values(owner_set_id=of_chair))


def sold_after_voting(stage: Stage) -> None:
    has_voted(stage)
    sold(stage)


def sent(standing: Standing) -> Any:
    """The worker entered the tenant as guardian of one of the two owners of a home."""

    def make(stage: Stage) -> None:
        speaker = Speaker(
            vote_id=vote(stage).id,
            voter_id=home(stage).id,
            place_path=home(stage).place_path,
            for_owner_id=speaker_of(stage.world, vote(stage), "co_owner").owner_id,
            user_id=stage.world.ids["tenant"],
            name="赵强",
            capacity=Capacity.GUARDIAN,
            standing=standing,
            entered_by_id=stage.world.ids["worker"],
        )
        with transaction():
            db.session.add(speaker)
        stage.made["sent"] = speaker

    return make


def whom_sent(stage: Stage) -> Speaker:
    return stage.made["sent"]  # type: ignore[no-any-return]


def change(stage: Stage) -> dict[str, Any]:
    return {"unit_id": stage.world.ids["101"], "reason": "过户", "proof": [stage.made["photo"]]}


def official(stage: Stage) -> None:
    with transaction():
        demanded = sa.update(OwnersVote).where(OwnersVote.id == vote(stage).id)
        db.session.execute(demanded.values(official_evote=True))


def objected(kind: ObjectionKind, **given: Any) -> Any:
    def make(stage: Stage) -> None:
        said = VoteObjection(
            vote_id=vote(stage).id,
            place_path=vote(stage).place_path,
            kind=kind,
            text="不对",
            author_id=stage.world.ids["tenant"],
            at=NOW,
            once="objection",
            **given,
        )
        with transaction():
            db.session.add(said)
        stage.made["objection"] = said

    return make


def right_and_signed(stage: Stage) -> None:
    objected(ObjectionKind.RESULT, **UPHELD)(stage)
    signed(stage)


def a_matter(stage: Stage) -> int:
    found = sa.select(Matter.id).where(Matter.vote_id == vote(stage).id).order_by(Matter.position)
    return db.session.scalars(found).first() or 0


def received(stage: Stage) -> dict[str, Any]:
    return {"received_at": vote(stage).opened_at or NOW, "once": "batch"}


def made(name: str) -> Any:
    return lambda stage: stage.made[name]


def stander(name: str) -> Any:
    return lambda stage: counting.AtScrutineer(stage.made[name].id)


def number_in_box(stage: Stage) -> Any:
    return sealing.AtSeal(stage.made["seal"].id)


def same(**values: Any) -> Any:
    return lambda _stage: dict(values)


ANSWER = same(answer="核对过。", upheld=False)

CERTIFY = Attempt(announcing.certify_vote, vote, same(**SAID), timed=True, event=e.ResultCertified)

ATTEMPTS = (
    Attempt(drafting.amend_vote, vote, same(terms=terms())),
    Attempt(drafting.add_matter, vote, same(asked=question())),
    Attempt(drafting.amend_matter, vote, lambda s: {"matter_id": a_matter(s), "asked": question()}),
    Attempt(drafting.drop_matter, vote, lambda s: {"matter_id": a_matter(s)}),
    Attempt(costs.rework_shares, vote),
    Attempt(rolls.post_roll, vote, same(**SAID), event=e.RollPosted),
    Attempt(rolls.amend_roll, vote, same(reason="更正", **SAID), event=e.RollAmended),
    Attempt(
        rolls.state_unknown,
        vote,
        lambda s: {"unit_ids": [s.world.ids[key] for key in OWNERLESS], "reason": "查不到"},
        nothing_stated,
    ),
    Attempt(rolls.freeze_roll, vote, timed=True, event=e.RollFrozen, variant="nobody has objected"),
    Attempt(
        rolls.freeze_roll,
        vote,
        ready=objected(ObjectionKind.ROLL),
        timed=True,
        event=e.RollFrozen,
        variant="an objection waits",
    ),
    Attempt(
        rolls.freeze_roll,
        vote,
        ready=objected(ObjectionKind.ROLL, **UPHELD),
        timed=True,
        event=e.RollFrozen,
        variant="an objection was right",
    ),
    Attempt(changing.change_owner, home, change, sold, variant="nobody has voted", timed=True),
    Attempt(
        changing.change_owner, home, change, sold_after_voting, variant="the former owner has", timed=True
    ),
    Attempt(opening.announce, vote, same(**SAID), timed=True, event=e.NoticePosted),
    Attempt(opening.open_vote, vote, timed=True, event=e.VoteOpened, variant="its hours are over at the end"),
    Attempt(
        opening.open_vote, vote, ready=still_on, timed=True, event=e.VoteOpened, variant="its hours are not"
    ),
    Attempt(
        opening.postpone_opening,
        vote,
        lambda s: {
            "opens_at": vote(s).opens_at + timedelta(days=30),
            "closes_at": vote(s).closes_at + timedelta(days=30),
            "reason": "异议还在查",
            **SAID,
        },
        timed=True,
    ),
    Attempt(
        opening.extend_vote,
        vote,
        lambda s: {"closes_at": vote(s).closes_at + timedelta(days=45), "reason": "票还不够", **SAID},
        timed=True,
    ),
    Attempt(opening.void_vote, vote, same(reason="公告有错", **SAID), event=e.VoteVoided, also=e.VotePutAway),
    Attempt(opening.override_rule, vote, same(rule="roll_days", reason="大家都知道")),
    Attempt(closing.close_vote, vote, timed=True, event=e.VoteClosed),
    Attempt(planning.plan_count, vote, same(at=NOW + timedelta(days=90), where="会议室")),
    Attempt(sealing.seal_box, vote, same(papers=2, **SAID)),
    Attempt(sealing.confirm_seal, number_in_box, same(papers=2), ready=stated),
    Attempt(counting.name_scrutineer, vote, same(role=Counter.SCRUTINEER, name="丁")),
    Attempt(counting.drop_scrutineer, vote, lambda s: {"scrutineer_id": s.made["teller"].id}),
    Attempt(counting.begin_count, vote, event=e.CountBegun, variant="everybody is there"),
    Attempt(counting.begin_count, vote, ready=nobody_there, event=e.CountBegun, variant="nobody stands by"),
    Attempt(
        counting.begin_count, vote, ready=half_read, event=e.CountBegun, variant="papers are not read twice"
    ),
    Attempt(
        counting.begin_count,
        vote,
        ready=stated,
        event=e.CountBegun,
        variant="the box was counted by one person",
    ),
    Attempt(counting.count_again, vote),
    Attempt(counting.sign_count, stander("scrutineer"), variant="with an account"),
    Attempt(counting.sign_count, stander("on paper"), variant="without one"),
    Attempt(
        counting.sign_on_paper,
        vote,
        lambda s: {"signers": [s.made["on paper"].id], "sheet": [s.made["photo"]]},
    ),
    Attempt(
        announcing.post_preliminary,
        vote,
        same(**SAID),
        variant="nobody has signed",
        event=e.PreliminaryPosted,
    ),
    Attempt(
        announcing.post_preliminary, vote, same(**SAID), signed, variant="signed", event=e.PreliminaryPosted
    ),
    Attempt(announcing.post_again, vote, same(reason="异议成立", **SAID)),
    Attempt(
        announcing.certify_vote,
        vote,
        same(**SAID),
        variant="nobody has signed",
        timed=True,
        event=e.ResultCertified,
    ),
    Attempt(
        announcing.certify_vote,
        vote,
        same(**SAID),
        signed,
        variant="signed",
        timed=True,
        event=e.ResultCertified,
    ),
    Attempt(
        announcing.certify_vote,
        vote,
        same(**SAID),
        ready=right_and_signed,
        variant="an objection was right",
        timed=True,
        event=e.ResultCertified,
    ),
    Attempt(announcing.archive_vote, vote, event=e.VoteArchived),
    Attempt(evidence.note_evidence, vote),
    Attempt(evidence.note_papers, vote),
    Attempt(
        hanging.photograph_posting,
        vote,
        lambda s: {"posting_id": s.made["posting"].id, "photos": [s.made["photo"]]},
    ),
    Attempt(
        importing.take_official,
        vote,
        lambda s: {"digest": DIGEST, "rows": rows_for(s.world, vote(s), "101")},
        official,
    ),
    Attempt(objecting.object_to_roll, vote, same(text="面积不对", once="o"), timed=True),
    Attempt(objecting.object_to_result, vote, same(text="我的票呢", once="o"), timed=True),
    Attempt(
        objecting.answer_objection, made("objection"), ANSWER, objected(ObjectionKind.ROLL), "to the roll"
    ),
    Attempt(
        objecting.answer_objection, made("objection"), ANSWER, objected(ObjectionKind.RESULT), "to the result"
    ),
    Attempt(
        objecting.leave_roll_unchanged,
        made("objection"),
        same(reason="不影响"),
        objected(ObjectionKind.ROLL, **UPHELD),
    ),
    Attempt(
        reaching.record_delivery,
        vote,
        lambda s: {"voter_ids": [home(s).id], "way": DeliveryWay.HANDED, "warned": True, "once": "d"},
    ),
    Attempt(
        scanning.photograph_delivery,
        vote,
        lambda s: {"delivery_id": s.made["delivery"].id, "photos": [s.made["photo"]]},
        served,
    ),
    Attempt(reaching.acknowledge, home, timed=True),
    Attempt(reaching.assign_visit, vote, same(building="12号楼", visitor_id=None)),
    Attempt(
        speaking.designate_speaker,
        home,
        lambda s: {
            "speaker_id": speaker_of(s.world, vote(s), "co_owner").id,
            "agreement": [s.made["photo"]],
        },
        timed=True,
    ),
    Attempt(
        speaking.review_designation,
        lambda s: speaker_of(s.world, vote(s), "co_owner"),
        same(accepted=True),
        ready=proposed,
        timed=True,
    ),
    Attempt(
        speaking.name_speaker,
        vote,
        lambda s: {
            "voter_id": home(s).id,
            "name": "周梅",
            "capacity": Capacity.GUARDIAN,
            "for_owner": whom(s),
            "letter": [s.made["photo"]],
        },
        timed=True,
    ),
    Attempt(speaking.review_speaker, whom_sent, same(accepted=True), sent(Standing.ENTERED), timed=True),
    Attempt(speaking.object_to_speaker, whom_sent, same(reason="不是他"), sent(Standing.STANDS), timed=True),
    Attempt(
        speaking.decide_speaker,
        whom_sent,
        same(stands=True, reason="看过证明"),
        sent(Standing.SUSPENDED),
        timed=True,
    ),
    Attempt(casting.cast_ballot, at_home, same(choices=CHOICES, once="c"), variant="first", timed=True),
    Attempt(casting.see_given, home),
    Attempt(
        casting.cast_ballot,
        at_home,
        same(choices=CHOICES, once="c", seen=0),
        has_voted,
        variant="change",
        timed=True,
    ),
    Attempt(
        authorising.submit_proxy,
        home,
        lambda s: {
            "agent_name": "赵强",
            "matters": (0,),
            "letter": [s.made["photo"]],
            "declared": True,
            "once": "p",
        },
        timed=True,
    ),
    Attempt(batching.start_batch, vote, received, timed=True),
)


def whom(stage: Stage) -> int:
    owner_id = speaker_of(stage.world, vote(stage), "owner").owner_id
    assert owner_id is not None
    return owner_id


FAMILY = Family(
    "owners_vote",
    LATE,
    [Case(state, late=late) for state in VoteState for late in (False, True)],
    build,
    ATTEMPTS,
)
CALLED = Family(
    "place",
    LATE,
    [Case(VoteState.DRAFT)],
    lambda world, case: Stage(world, case, []),
    [
        Attempt(
            drafting.draft_vote,
            lambda s: s.world.get(Place, "estate"),
            same(terms=terms(), once="draft"),
            variant="of the estate",
        )
    ],
)
