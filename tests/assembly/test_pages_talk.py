"""Questions about an owners' vote: who may ask though he has no vote, where they stand, until when."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import NotAllowed, NotVisible
from portal.councils.actions.raising import raise_topic
from portal.councils.actions.table import found_council
from portal.councils.words import Category
from portal.discussion.actions.speaking import speak
from portal.discussion.models import Comment
from portal.places.models import Place
from tests.assembly.conftest import MakeVote
from tests.conftest import Client
from tests.world import NOW, World

ASKED = "换下来的旧梯怎么处理？"


def link(client: Client, vote: OwnersVote, path: str = "") -> str:
    soup = BeautifulSoup(client.get(f"/owners-votes/{vote.id}{path}").data, "html.parser")
    return " ".join(
        a.get_text(" ", strip=True) for a in soup.select(f'main a[href="/owners-votes/{vote.id}/talk"]')
    )


@pytest.mark.parametrize("who", ["owner", "tenant", "manager", "secretary"])
def test_whoever_lives_or_works_there_asks_and_a_party_answers(
    who: str, client: Client, make_vote: MakeVote
) -> None:
    vote = make_vote(VoteState.OPEN)
    client.sign_in(who)
    assert link(client, vote)
    sent = client.submit(f"/owners-votes/{vote.id}/comments", {"body": ASKED, "once": "asked"})
    assert sent.status_code == 303
    again = client.submit(f"/owners-votes/{vote.id}/comments", {"body": ASKED, "once": "asked"})
    assert again.location == sent.location
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Comment)) == 1
    client.sign_in("manager")
    said = db.session.scalars(sa.select(Comment)).one()
    client.submit(
        f"/owners-votes/{vote.id}/comments", {"body": "厂家拉走。", "once": "told", "reply_to": said.id}
    )
    shown = client.get(f"/owners-votes/{vote.id}/talk").get_data(as_text=True)
    assert ASKED in shown
    assert "厂家拉走。" in shown
    client.sign_in("tenant")
    assert "2" in link(client, vote).split()


def test_a_visitor_reads_and_is_told_to_sign_in(client: Client, world: World, make_vote: MakeVote) -> None:
    vote = make_vote(VoteState.OPEN)
    speak(world.tenant, vote, body=ASKED, once="asked")
    page = client.get(f"/owners-votes/{vote.id}/talk").get_data(as_text=True)
    assert ASKED in page
    assert 'id="comment_send"' not in page
    assert client.submit(f"/owners-votes/{vote.id}/comments", {"body": "x", "once": "x"}).status_code in (
        302,
        303,
        403,
    )
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Comment)) == 1


@pytest.mark.parametrize("state", [VoteState.FINAL, VoteState.ARCHIVED, VoteState.VOID])
def test_after_the_result_it_is_only_read(
    state: VoteState, client: Client, world: World, make_vote: MakeVote
) -> None:
    vote = make_vote(state)
    with pytest.raises(NotAllowed, match="已经有了结果"):
        speak(world.tenant, vote, body=ASKED, once="asked")
    client.sign_in("tenant")
    assert "已经有了结果" in client.get(f"/owners-votes/{vote.id}/talk").get_data(as_text=True)


def test_nobody_speaks_on_a_draft_or_from_elsewhere(world: World, make_vote: MakeVote) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        speak(world.tenant, make_vote(VoteState.DRAFT), body=ASKED, once="asked")
    with pytest.raises((NotAllowed, NotVisible)):
        speak(world.neighbour, make_vote(VoteState.OPEN), body=ASKED, once="asked")


def test_of_a_vote_from_a_topic_people_speak_on_the_topic(
    client: Client, world: World, make_vote: MakeVote
) -> None:
    council = found_council(world.administrator, world.get(Place, "community"), name="议事会")
    topic_id = raise_topic(
        world.owner, council, place=world.get(Place, "estate"), title="换电梯", body="老出毛病。",
        category=Category.OTHER, once="lift",
    ).id  # fmt: skip
    vote = make_vote(VoteState.OPEN)
    with transaction():
        vote.topic_id = topic_id
    with pytest.raises(NotAllowed, match="到议题里说"):
        speak(world.tenant, vote, body=ASKED, once="asked")
    client.sign_in("tenant")
    assert client.get(f"/owners-votes/{vote.id}/talk").location == f"/topics/{topic_id}#discussion"
    assert not link(client, vote)


def test_a_ballot_is_not_kept_waiting_by_what_is_said(world: World, make_vote: MakeVote) -> None:
    """The story of the vote tells of it to staff alone, and the roll and the digests do not change."""
    vote = make_vote(VoteState.OPEN)
    before = (vote.roll_hash, vote.moved_at, vote.heads)
    with clock.frozen(NOW + timedelta(minutes=1)):
        speak(world.tenant, vote, body=ASKED, once="asked")
    db.session.refresh(vote)
    assert (vote.roll_hash, vote.moved_at, vote.heads) == before
    assert vote.comments_count == 1


def test_what_was_asked_and_answered_stands_on_the_paper(
    client: Client, world: World, make_vote: MakeVote
) -> None:
    vote = make_vote()
    asked = speak(world.tenant, vote, body="质保期里换件谁出钱？", once="q", asks=True)
    page = client.sign_in("owner").get(f"/owners-votes/{vote.id}").text
    assert "大家问过的" not in page
    speak(world.manager, vote, body="厂家出，写进合同。", once="a", reply_to_id=asked.id)
    page = client.get(f"/owners-votes/{vote.id}").text
    paper = page.partition('id="ballot"')[2].partition("</form>")[0]
    assert "大家问过的，各方怎么答，1 条" in paper
    assert "厂家出，写进合同。" in paper
    assert "问与答" in client.sign_in("tenant").get(f"/owners-votes/{vote.id}").text
