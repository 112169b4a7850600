"""Motions: what is needed, in words and in the count; the poll from its form to its certificate."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from portal.core.db import db
from portal.core.errors import Invalid
from portal.councils.models import Topic
from portal.voting import box, countfile, motions, rules
from portal.voting.actions.closing import certify_poll
from portal.voting.actions.opening import open_poll
from portal.voting.counting import recount
from portal.voting.explaining import Explanation, Question, explain
from portal.voting.models import Poll, PollOption, PollVoter
from portal.voting.motions import Base, Body, Share
from portal.voting.terms import Terms, terms_of
from portal.voting.words import Method, Outcome, PollState, RollKind
from tests.conftest import Client
from tests.voting.conftest import VOTERS, Draft, vote
from tests.voting.test_pages import closed, hidden, soup, text
from tests.world import World

AGREE, OPPOSE = 0, 1


def counted(
    body: Body, eligible: int, agree: int, oppose: int, abstain: int = 0, **own: Share | Base
) -> tuple[dict[str, Any], Explanation]:
    asked = {
        "quorum": own.get("quorum", Share.NONE),
        "threshold": own.get("threshold", Share.HALF),
        "base": own.get("base", Base.CAST),
    }
    params = {**motions.rules(body, **asked), "eligible": eligible}  # type: ignore[arg-type]
    papers = {"for": agree, "against": oppose, "abstain": abstain}
    ballots = [{"choice": choice, "count": n} for choice, n in papers.items()]
    tally = recount({"method": "resolution", "options": list(papers), "params": params, "ballots": ballots})
    return tally, explain(Question("resolution", ["同意", "反对"], params, tally))


@pytest.mark.parametrize(
    ("body", "papers", "mark", "sentence"),
    [
        (Body.COUNCIL, (20, 3, 2, 9), "通过", "同意 3 票，至少要 3 票，够了。"),
        (Body.COUNCIL, (20, 5, 5, 1), "未通过", "同意 5 票，至少要 6 票，差 1 票。"),
        (Body.COUNCIL, (20, 0, 0, 4), "未通过", "同意 0 票，至少要 1 票，差 1 票。"),
        (
            Body.RESIDENTS,
            (24, 12, 0, 0),
            "投票的人不够",
            "至少要投出 13 票，投出了 12 票，差 1 票，不能作决定。",
        ),
        (Body.RESIDENTS, (24, 7, 6, 0), "通过", "同意 7 票，至少要 7 票，够了。"),
        (Body.RESIDENTS, (24, 7, 6, 1), "未通过", "同意 7 票，至少要 8 票，差 1 票。"),
        (Body.COMMITTEE, (7, 4, 0, 0), "通过", "同意 4 票，至少要 4 票，够了。"),
        (Body.COMMITTEE, (7, 3, 1, 0), "未通过", "同意 3 票，至少要 4 票，差 1 票。"),
        (Body.EVERYBODY, (12, 11, 0, 0), "未通过", "同意 11 票，至少要 12 票，差 1 票。"),
        (Body.EVERYBODY, (12, 12, 0, 0), "通过", "同意 12 票，至少要 12 票，够了。"),
        (Body.EVERYBODY, (12, 0, 0, 0), "没有人投票", "没有人投票，这次定不下来。"),
    ],
)
def test_every_body_by_its_own_rules(
    body: Body, papers: tuple[int, int, int, int], mark: str, sentence: str
) -> None:
    tally, told = counted(body, *papers)
    assert (told.verdict.mark, told.verdict.text) == (mark, sentence)
    assert tally["passed"] is (mark == "通过")


some = st.sampled_from(list(motions.THRESHOLD_WORD))
few = st.integers(0, 9)
QUORUMS = motions.QUORUM_WORD


@given(few, few, few, few, st.sampled_from(list(QUORUMS)), some, st.sampled_from(list(Base)))
def test_what_is_said_is_what_the_count_says(
    agree: int, oppose: int, abstain: int, absent: int, quorum: Share, threshold: Share, base: Base
) -> None:
    roll = agree + oppose + abstain + absent
    own: dict[str, Share | Base] = {"quorum": quorum, "threshold": threshold, "base": base}
    tally, told = counted(Body.OWN, roll, agree, oppose, abstain, **own)
    assert (told.verdict.tone == "ok") is tally["passed"]
    decided = rules.finding(tally)
    assert decided is not rules.Finding.DECIDED or tally["quorum_met"]
    for step in told.steps:
        assert all(0 <= bar.part <= bar.whole for bar in step.bars)
        assert step.line is None or 0 < step.line.part <= step.line.whole
    assert sum(int(row[1]) for row in told.table.rows) == roll


@pytest.mark.parametrize("body", Body)
def test_the_rules_are_read_back_for_the_form(drafted: Draft, body: Body) -> None:
    own = Terms(body=body.value, quorum="two_thirds", threshold="three_quarters", base="cast")
    poll = drafted(method=Method.RESOLUTION, options=[], terms=own)
    again = drafted(method=Method.RESOLUTION, options=[], terms=terms_of(poll))
    assert again.params == poll.params
    assert poll.params["body"] == body.value
    if body is Body.OWN:
        assert poll.params["threshold"] == {"num": 3, "den": 4, "inclusive": True, "base": "cast"}


class TestThePoll:
    def test_it_prints_its_own_lines_and_counts_the_whole_roll(self, opened: Draft) -> None:
        poll = opened(
            method=Method.RESOLUTION, options=["随便", "写的"], terms=Terms(body="committee_meeting")
        )
        assert db.session.scalars(sa.select(PollOption.title).order_by(PollOption.position)).all() == [
            "同意",
            "反对",
        ]
        assert poll.params["eligible"] == poll.voters == len(VOTERS)

    def test_one_vote_short_of_all_members(self, world: World, client: Client, opened: Draft) -> None:
        poll = opened(method=Method.RESOLUTION, options=[], terms=Terms(body="committee_meeting"))
        vote(world, poll, "owner", AGREE)
        vote(world, poll, "tenant", AGREE)
        vote(world, poll, "chair")
        closed(poll)
        page = text(client.sign_in("owner").get(f"/polls/{poll.id}")).replace("\xa0", " ")
        assert "未通过" in page
        assert "同意 2 票，至少要 3 票，差 1 票。" in page
        assert "其中 1 人弃权" in page
        assert "投票的够不够" in page
        certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)
        assert poll.state is PollState.CERTIFIED
        case = json.loads(countfile.text(box.case(poll), poll.tally))
        assert case["options"] == ["for", "against", "abstain"]
        assert recount(case) == case["expected"]
        sheet = client.get(f"/polls/{poll.id}/result.csv").get_data(as_text=True)
        assert "没投" in sheet

    def test_too_few_voters_decide_nothing(self, world: World, opened: Draft) -> None:
        poll = opened(method=Method.RESOLUTION, options=[], terms=Terms(body="residents_assembly"))
        vote(world, poll, "owner", AGREE)
        vote(world, poll, "tenant", AGREE)
        closed(poll)
        with pytest.raises(Invalid, match="投票的人不够"):
            certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)
        certify_poll(world.secretary, poll, outcome=Outcome.RETURNED, reason="人不够，改天再来。")

    def test_drafted_in_the_form_and_shown_with_its_rules(
        self, world: World, client: Client, topic: Topic
    ) -> None:
        form = client.sign_in("secretary").get(f"/topics/{topic.id}/polls/new")
        sent = {
            "question": "木栈道要不要修？",
            "method": "resolution",
            "body": "own",
            "quorum": "two_thirds",
            "threshold": "three_quarters",
            "base": "eligible",
            "secrecy": "named",
            "roll_kind": "members",
            "closes_at": "2026-06-20T20:00",
            **{k: v[0] for k, v in hidden(form, "#poll_form").items()},
        }
        address = client.submit(f"/topics/{topic.id}/polls/new", sent).headers["Location"]
        page = text(client.get(address))
        assert "名册上要有三分之二以上投票，才能作决定。" in page
        assert "同意的要达到四分之三以上，才通过；算的是名册上的全体，没投的也算。" in page
        ticked = soup(client.get(f"{address}/edit")).select("input[type=radio][checked]")
        values = {str(box["name"]): str(box["value"]) for box in ticked}
        assert values["body"] == "own"
        assert values["base"] == "eligible"

    def test_in_english_the_lines_of_the_paper_are_english(self, client: Client, opened: Draft) -> None:
        poll = opened(method=Method.RESOLUTION, options=[])
        page = client.sign_in("visitor").get(f"/polls/{poll.id}", headers={"Accept-Language": "en"})
        lines = soup(page).select("[aria-labelledby=h-options] li")
        assert [line.get_text(strip=True) for line in lines] == ["For", "Against", "Abstain"]


def test_the_members_of_the_committee_alone(world: World, drafted: Draft) -> None:
    poll = drafted(method=Method.RESOLUTION, options=[], roll_kind=RollKind.COMMITTEE)
    open_poll(world.secretary, poll)
    rolled = db.session.scalars(sa.select(PollVoter.user_id).where(PollVoter.poll_id == poll.id)).all()
    assert rolled == [world.ids["chair"]]
    assert isinstance(poll, Poll)
