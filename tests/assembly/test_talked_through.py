"""A vote that grew out of a topic comes after the talk about it."""

import pytest

from portal.assembly.actions.drafting import add_matter, draft_vote
from portal.assembly.actions.opening import override_rule
from portal.assembly.actions.rolls import post_roll
from portal.assembly.guards import talk_short
from portal.assembly.models.votes import OwnersVote
from portal.assembly.wishes import course_of
from portal.assembly.words import VoteState
from portal.core.errors import Conflict
from portal.councils.actions.settling import set_course
from portal.councils.courses import Course, Phase
from portal.councils.models import Topic
from portal.discussion.actions.speaking import speak
from portal.discussion.words import Uptake
from portal.places.models import Place
from portal.plans.actions import Answer, answer_opinions, publish_draft
from tests.assembly.convening import WALLS, question, terms, without_owners
from tests.conftest import Client
from tests.councils.conftest import council, deliberating, raised, topic  # noqa: F401
from tests.world import World


@pytest.fixture
def vote(world: World, deliberating: Topic) -> OwnersVote:  # noqa: F811
    made = draft_vote(
        world.chair, world.get(Place, "estate"), terms=terms(), once="v", topic_id=deliberating.id
    )
    add_matter(world.chair, made, asked=question())
    without_owners(made, world.chair)
    return made


def test_without_a_plan_and_with_opinions_that_wait_the_roll_is_not_posted(
    world: World,
    deliberating: Topic,  # noqa: F811
    vote: OwnersVote,
) -> None:
    said = speak(world.tenant, deliberating, body="晚上没有灯。", once="a")
    speak(world.secretary, deliberating, body="周六讲解会。", once="b")
    with pytest.raises(Conflict) as refused:
        post_roll(world.chair, vote, where=WALLS)
    assert [u.cure for u in refused.value.unmet] == [
        "/bodies",
        "/bodies",
        f"/surveys/new?topic={deliberating.id}",
        f"/topics/{deliberating.id}/drafts/new",
    ]
    told = "电梯停了，逐户问过，来不及开会。"
    set_course(world.chair, deliberating, course=Course.OTHER, phases=[Phase.TABLED], because=told)
    set_course(world.secretary, deliberating, course=Course.LIFT, phases=[], because=told)
    publish_draft(world.chair, deliberating, body="换三块木板。", after=0, once="d")
    with pytest.raises(Conflict) as refused:
        post_roll(world.chair, vote, where=WALLS)
    assert [u.sentence for u in refused.value.unmet] == ["议题里还有 1 条意见没有答复采纳了没有。"]
    answer_opinions(
        world.chair, deliberating, answers={said.id: Answer(Uptake.DECLINED, "另一件事。")}, after=1
    )
    post_roll(world.chair, vote, where=WALLS)
    assert vote.state is VoteState.ROLL_POSTED


def test_somebody_may_answer_for_it(world: World, deliberating: Topic, vote: OwnersVote) -> None:  # noqa: F811
    override_rule(world.secretary, vote, rule="talked", reason="电梯停了，等不到写方案，挨家问过。")
    post_roll(world.chair, vote, where=WALLS)
    assert vote.state is VoteState.ROLL_POSTED


def test_a_vote_without_a_topic_is_not_asked(world: World) -> None:
    alone = draft_vote(world.chair, world.get(Place, "estate"), terms=terms(), once="w")
    assert talk_short(alone) == []


def test_a_template_that_was_merely_chosen_does_not_shorten_what_the_paper_asks_for(
    world: World,
    deliberating: Topic,  # noqa: F811
    vote: OwnersVote,
) -> None:
    set_course(world.chair, deliberating, course=Course.OTHER, phases=[])
    assert [u.cure for u in talk_short(vote)][:3] == [
        "/bodies",
        "/bodies",
        f"/surveys/new?topic={deliberating.id}",
    ]


def test_what_the_paper_asks_for_follows_its_matters() -> None:
    assert course_of("replace_lift", 5) is Course.LIFT
    assert course_of("repair_fund", 5) is Course.FUND
    assert course_of("other", 8) is Course.WORKS
    assert course_of("covenant", 2) is Course.OTHER


def test_the_vote_shows_how_it_got_here(
    client: Client,
    world: World,
    deliberating: Topic,  # noqa: F811
    vote: OwnersVote,
) -> None:
    override_rule(world.secretary, vote, rule="talked", reason="电梯停了，等不到写方案，挨家问过。")
    post_roll(world.chair, vote, where=WALLS)
    for address in (
        f"/owners-votes/{vote.id}",
        f"/owners-votes/{vote.id}/checklist",
        f"/topics/{deliberating.id}",
    ):
        page = client.sign_in("secretary").get(address).text
        way = page.partition('id="way"')[2].partition("</section>")[0]
        assert way.count("没有走这一步") == 4
        assert "第 1 版名册正在公示" in way
        assert f'href="/owners-votes/{vote.id}/roll"' in way


def test_the_checklist_says_what_is_missing_and_how_to_answer_for_it(
    client: Client, vote: OwnersVote
) -> None:
    page = client.sign_in("secretary").get(f"/owners-votes/{vote.id}/checklist").text
    assert "议题里还没有方案" in page
    assert "没谈透就表决" in page
