"""What an owner has before him when he marks his paper: both sides in the same measure, pictures, plans, the topic."""

import io

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from PIL import Image

from portal.assembly.actions.drafting import add_matter, amend_matter, drop_matter
from portal.assembly.enclosures import MOST, Enclosed
from portal.assembly.models.votes import Matter, OwnersVote
from portal.core.db import db, transaction
from portal.core.errors import Invalid
from portal.core.files import StoredFile
from tests.assembly.conftest import MATTERS, MakeVote, voter_of
from tests.assembly.convening import announced, drafted, question
from tests.assembly.letters import kept
from tests.conftest import Client
from tests.world import World

SIDES = {"for_words": "电梯天天坏。", "against_words": "再修一修还能用。"}


def the_matter(vote: OwnersVote) -> Matter:
    return db.session.scalars(sa.select(Matter).where(Matter.vote_id == vote.id)).one()


def files(vote: OwnersVote) -> dict[str, int]:
    """How many files of each purpose."""
    found = sa.select(StoredFile.purpose, sa.func.count()).where(
        StoredFile.subject == f"owners_vote:{vote.id}"
    )
    return dict(db.session.execute(found.group_by(StoredFile.purpose)).all())


def soup(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


@pytest.mark.parametrize("lacks", ["for_words", "against_words"])
def test_one_side_alone_does_not_speak(world: World, lacks: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_matter(world.chair, drafted(world), asked=question(**{**SIDES, lacks: " "}))
    assert refused.value.field == lacks


def test_files_come_and_go_with_their_matter(world: World) -> None:
    vote = drafted(world)
    first = the_matter(vote)
    second = add_matter(
        world.chair, vote, asked=question(), enclosed=Enclosed(now=[kept()], plan=[kept()], papers=[kept()])
    )
    amend_matter(world.chair, vote, matter_id=first.id, asked=question(), enclosed=Enclosed(plan=[kept()]))
    assert files(vote) == {f"{kind}:{second.id}": 1 for kind in ("now", "plan", "paper")} | {
        f"plan:{first.id}": 1
    }
    theirs = sa.select(StoredFile.id).where(StoredFile.purpose == f"plan:{first.id}")
    other = db.session.scalars(theirs).one()
    amend_matter(world.chair, vote, matter_id=second.id, asked=question(), taken_out=[other])
    assert files(vote)[f"plan:{first.id}"] == 1, "a file of another matter stays"
    drop_matter(world.chair, vote, matter_id=second.id)
    assert files(vote) == {f"plan:{first.id}": 1}


def test_no_more_than_fit(world: World) -> None:
    vote = drafted(world)
    matter = the_matter(vote)
    full = Enclosed(now=[kept()] * MOST)
    amend_matter(world.chair, vote, matter_id=matter.id, asked=question(), enclosed=full)
    with pytest.raises(Invalid) as refused:
        amend_matter(
            world.chair, vote, matter_id=matter.id, asked=question(), enclosed=Enclosed(now=[kept()])
        )
    assert refused.value.field == "now"


def test_everything_stands_in_the_slip_before_the_choices(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(matters=({**MATTERS[0], **SIDES},))
    slip = soup(client.sign_in("owner"), f"/voters/{voter_of(vote, '101').id}").select_one("form#ballot")
    assert slip is not None
    text = "".join(slip.get_text().split())
    order = ["截止", "89.32㎡，1票，和王芳共有", "不投票就是没有参加", "用维修资金更换12号楼电梯", "您家约"]
    order += ["同意的说", "不同意的说", "来龙去脉", "算参加了投票，但不表态"]
    found = [text.index(words) for words in order]
    assert found == sorted(found)
    assert [h.text for h in slip.select(".sides h3")] == ["同意的说", "不同意的说"]


def test_pictures_are_seen_by_who_sees_the_vote(world: World, client: Client) -> None:
    vote = drafted(world)
    client.sign_in("chair")
    sent = {
        "question": "换电梯",
        "item": "5",
        "item_reason": "维修资金",
        "sharing": "area",
        "wish": "replace_lift",
        "now": photograph(),
        "plan": photograph(),
        "papers": (io.BytesIO(b"%PDF-1.4 plan"), "方案.pdf"),
    }
    address = f"/owners-votes/{vote.id}/matters/{the_matter(vote).id}/edit"
    assert client.submit(address, sent, content_type="multipart/form-data").status_code == 303
    page = soup(client, f"/owners-votes/{vote.id}")
    pictures = [str(img["src"]) for img in page.select(".photo img")]
    assert len(pictures) == 2
    assert "方案.pdf" in page.text
    kept_now = soup(client, address).select_one('input[name="remove_now"]')
    assert kept_now is not None
    assert client.get(pictures[0]).content_type == "image/jpeg"
    client.sign_in("owner")
    assert client.get(pictures[0]).status_code == 404, "nobody else sees a draft"
    client.sign_in("chair")
    gone = {**sent, "now": photograph(), "plan": photograph(), "papers": photograph()}
    gone |= {"remove_now": str(kept_now["value"])}
    assert client.submit(address, gone, content_type="multipart/form-data").status_code == 303
    assert files(vote)[f"now:{the_matter(vote).id}"] == 1


def test_both_sides_stand_on_the_notice(world: World, client: Client) -> None:
    vote = announced(world)
    with transaction():
        matter = the_matter(vote)
        matter.for_words, matter.against_words = SIDES.values()
    heads = soup(client, f"/owners-votes/{vote.id}/prints/notice").select(".sheet-sides th")
    assert [h.text for h in heads] == ["同意的说", "不同意的说"]


def photograph() -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(out, "JPEG")
    return io.BytesIO(out.getvalue()), "photo.jpg"
