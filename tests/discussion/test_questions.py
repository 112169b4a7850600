"""问与答: a question is one because whoever wrote it says so; it is answered once somebody in his post has."""

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.errors import Conflict
from portal.councils.models import Topic
from portal.councils.queries import topic_page
from portal.discussion.actions.moderating import hide_comment
from portal.discussion.actions.reporting import report_comment
from portal.discussion.actions.speaking import edit_comment, speak
from portal.discussion.models import Comment
from portal.discussion.words import Reason, Uptake
from portal.plans.actions import Answer, answer_opinions, publish_draft
from portal.plans.queries import waiting
from tests.conftest import Client
from tests.councils.conftest import council, deliberating, raised, topic  # noqa: F401
from tests.world import World

ASKED, ANSWERED = "质保期里换件谁出钱？", "厂家出，写进合同。"


@pytest.fixture
def question(world: World, deliberating: Topic) -> Comment:  # noqa: F811
    return speak(world.tenant, deliberating, body=ASKED, once="q", asks=True)


def told(world: World, topic: Topic) -> list[tuple[str, str | None, str | None]]:  # noqa: F811
    page = topic_page(world.owner, topic.id)
    assert page
    return [(q.text, q.answer, q.party) for q in page.questions]


def test_it_waits_until_a_party_answers(world: World, deliberating: Topic, question: Comment) -> None:  # noqa: F811
    speak(world.owner, deliberating, body="我也想知道。", once="a", reply_to_id=question.id)
    assert told(world, deliberating) == [(ASKED, None, None)]
    speak(world.manager, deliberating, body=ANSWERED, once="b", reply_to_id=question.id)
    assert told(world, deliberating) == [(ASKED, ANSWERED, "property")]


def test_what_was_answered_stands_first(world: World, deliberating: Topic, question: Comment) -> None:  # noqa: F811
    later = speak(world.owner, deliberating, body="停梯几天？", once="c", asks=True)
    speak(world.secretary, deliberating, body="十八天。", once="d", reply_to_id=later.id)
    assert [text for text, _a, _p in told(world, deliberating)] == ["停梯几天？", ASKED]


def test_an_answer_is_no_question_and_a_hidden_one_is_not_listed(
    world: World,
    deliberating: Topic,  # noqa: F811
    question: Comment,
) -> None:
    answer = speak(world.manager, deliberating, body=ANSWERED, once="b", reply_to_id=question.id, asks=True)
    assert not answer.asks
    hide_comment(world.secretary, question, reason=Reason.OFF_TOPIC, note="")
    assert told(world, deliberating) == []


def test_a_report_takes_no_answered_question_away(
    world: World,
    deliberating: Topic,  # noqa: F811
    question: Comment,
) -> None:
    speak(world.manager, deliberating, body=ANSWERED, once="b", reply_to_id=question.id)
    unanswered = speak(world.tenant, deliberating, body="停梯几天？", once="c", asks=True)
    for comment in (question, unanswered):
        report_comment(world.chair, comment, reason=Reason.PERSONAL_DATA)
    assert told(world, deliberating) == [(ASKED, ANSWERED, "property")]
    hide_comment(world.secretary, question, reason=Reason.PERSONAL_DATA)
    assert told(world, deliberating) == []


def test_an_opinion_that_was_taken_up_stands(world: World, deliberating: Topic) -> None:  # noqa: F811
    opinion = speak(world.owner, deliberating, body="请用国产木板。", once="o")
    publish_draft(world.chair, deliberating, body="换三块木板。", after=0, once="d")
    answer_opinions(world.chair, deliberating, answers={opinion.id: Answer(Uptake.ADOPTED, "")}, after=1)
    with pytest.raises(Conflict, match="不能再改"):
        edit_comment(world.owner, opinion, body="请免所有人三年物业费。", version=1)


def test_an_answered_question_waits_for_no_uptake(
    world: World,
    deliberating: Topic,  # noqa: F811
    question: Comment,
) -> None:
    publish_draft(world.chair, deliberating, body="换三块木板。", after=0, once="d")
    assert waiting(deliberating.id) == 1
    speak(world.manager, deliberating, body=ANSWERED, once="b", reply_to_id=question.id)
    assert waiting(deliberating.id) == 0


def test_the_form_says_so(client: Client, deliberating: Topic) -> None:  # noqa: F811
    address = f"/topics/{deliberating.id}"
    client.sign_in("tenant").submit(f"{address}/comments", {"body": ASKED, "once": "x", "asks": "y"})
    assert list(db.session.scalars(sa.select(Comment.asks))) == [True]
    page = client.get(address).text
    assert page.count(ASKED) >= 2
    assert "问与答" in page
    assert "还没有答复" in page
