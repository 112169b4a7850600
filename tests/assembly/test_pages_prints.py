"""What is printed: who may, what stands on it, what never does; the same paper in a browser and as a PDF."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from portal.assembly import tickets
from portal.assembly.words import PostingKind, Silence, VoterKind, VoteState
from portal.core.db import db, transaction
from portal.voting.bundle import digest as program
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.paperwork import counted, posted
from tests.conftest import Client
from tests.world import World


def said(made: bytes) -> str:
    """The words of a PDF without white space."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages).split())


def read(client: Client, path: str, status: int = 200) -> BeautifulSoup:
    reply = client.get(path)
    assert reply.status_code == status, reply.get_data(as_text=True)[-600:]
    return BeautifulSoup(reply.data, "html.parser")


def test_each_voter_of_a_building_gets_a_paper_with_his_ticket_weight_and_matters(
    make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(state=VoteState.NOTICE)
    sheets = read(client.sign_in("worker"), f"/owners-votes/{vote.id}/prints/ballots?building=12号楼")
    papers = sheets.select("section.sheet")
    assert [p["data-ticket"] for p in papers] == [tickets.code_of(vote.id, n) for n in (1, 2, 3, 4)]
    first = papers[0].get_text()
    assert "王秀兰、王芳" in first
    assert "89.32㎡" in first
    assert "共有人请推选一人" in first
    assert ["只代表本人" in paper.get_text() for paper in papers] == [True, False, False, False]
    assert "用维修资金更换12号楼电梯" in first
    assert "四分之三以上" in first
    assert tickets.paper_receipt(vote.id, voter_of(vote, "101").id) in first
    assert papers[0].select_one("img")["src"].startswith("data:image/svg+xml")  # type: ignore[index,union-attr]
    boxes = [
        [b.get_text() for b in m.select(".ballot-boxes span")] for m in papers[0].select(".ballot-matter")
    ]
    assert boxes == [["同意", "不同意", "弃权"]] * 2
    assert not papers[0].select("input"), "nothing is filled in beforehand"


def test_the_pdf_says_the_same_and_is_an_attachment(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.OPEN)
    reply = client.sign_in("worker").get(f"/owners-votes/{vote.id}/prints/ballots?format=pdf")
    assert reply.mimetype == "application/pdf"
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert reply.headers["Cache-Control"] == "private, no-store"
    text = said(reply.data)
    assert len(PdfReader(BytesIO(reply.data)).pages) >= 5
    for number in range(1, 6):
        assert tickets.code_of(vote.id, number) in text
    assert "业主大会表决票" in text
    assert "下载PDF" not in text


def test_what_the_scanner_reads_is_the_ticket(make_vote: MakeVote) -> None:
    vote = make_vote()
    assert tickets.read(vote.id, tickets.code_of(vote.id, 34)) == 34


@pytest.mark.parametrize("silence", Silence)
def test_what_silence_means_stands_on_every_paper(
    silence: Silence, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(state=VoteState.NOTICE, silence=silence)
    for kind in ("ballots", "blank", "notice"):
        page = read(client.sign_in("worker"), f"/owners-votes/{vote.id}/prints/{kind}").get_text()
        wanted = {
            Silence.NOT_PARTICIPATING: "没有参加",
            Silence.ABSTAIN: "算参加并弃权",
            Silence.FOLLOW_MAJORITY: "算同意多数人的意见",
        }
        assert wanted[silence] in page


@pytest.mark.parametrize("who", ["owner", "tenant", "visitor", "manager", "auditor"])
def test_personal_papers_are_for_those_who_organise(who: str, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.OPEN)
    for path in ("prints", "prints/ballots", "prints/ballots?format=pdf"):
        reply = client.sign_in(who).get(f"/owners-votes/{vote.id}/{path}")
        assert reply.status_code == (303 if who == "visitor" else 403)
        assert "王秀兰" not in reply.get_data(as_text=True).partition("<main")[2]


@pytest.mark.parametrize(
    "state", [s for s in VoteState if s not in (VoteState.FROZEN, VoteState.NOTICE, VoteState.OPEN)]
)
def test_no_personal_paper_before_the_roll_is_settled_or_after_the_close(
    state: VoteState, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(state=state)
    read(client.sign_in("secretary"), f"/owners-votes/{vote.id}/prints/ballots", 409)
    read(client, f"/owners-votes/{vote.id}/prints")


def test_another_community_finds_nothing(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.FINAL)
    for kind in ("", "/ballots", "/blank", "/notice", "/roll", "/result", "/certificate"):
        for who in ("neighbour", "other_secretary"):
            read(client.sign_in(who), f"/owners-votes/{vote.id}/prints{kind}", 404)


def test_the_roll_on_the_wall_hides_persons_and_shows_organisations(
    make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(state=VoteState.ROLL_POSTED)
    with transaction():
        shop = voter_of(vote, "shop")
        shop.kind, shop.name = VoterKind.COMPANY, "梧桐便利店有限公司"
    posted(vote, PostingKind.ROLL, reason="更正了一套房屋的面积")
    page = read(client.sign_in("tenant"), f"/owners-votes/{vote.id}/prints/roll")
    text = page.get_text()
    assert "王**、王*" in text
    assert "王秀兰" not in page.select_one("main").get_text()  # type: ignore[union-attr]
    assert "梧桐便利店有限公司" in text
    assert "业主不明" in text
    assert "120.50㎡" in text
    assert "更正了一套房屋的面积" in text
    assert vote.roll_hash in text
    part = read(client, f"/owners-votes/{vote.id}/prints/roll?building=12号楼").get_text()
    assert "梧桐便利店" not in part
    pdf = client.get(f"/owners-votes/{vote.id}/prints/roll?format=pdf")
    assert "王**、王*" in said(pdf.data)
    assert "王秀兰" not in said(pdf.data)
    read(client.sign_in("visitor"), f"/owners-votes/{vote.id}/prints/roll", 303)


def test_the_notice_says_everything_and_leads_to_the_page(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.NOTICE, proxy_cap=3)
    text = read(client.sign_in("visitor"), f"/owners-votes/{vote.id}/prints/notice").get_text()
    for words in ("业主大会表决公告", "宝枫新城业主委员会", "用维修资金更换12号楼电梯", "45,600 元", "四分之三以上",
                  "2026年7月", "一人最多代 3 位", "手机投", f"/owners-votes/{vote.id}"):  # fmt: skip
        assert words in text.replace("\u00a0", " "), words


def test_where_the_authority_has_its_own_system_the_notice_does_not_promise_the_phone(
    make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(state=VoteState.NOTICE, official_evote=True)
    text = read(client.sign_in("owner"), f"/owners-votes/{vote.id}/prints/notice").get_text()
    assert "主管部门的投票系统" in text
    assert "手机投" not in text


def test_an_extension_and_an_end_say_their_reason(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.OPEN, extensions=1)
    posted(vote, PostingKind.EXTENSION, reason="回来的票还不够")
    text = read(client.sign_in("owner"), f"/owners-votes/{vote.id}/prints/notice").get_text()
    assert "延长投票时间公告" in text
    assert "回来的票还不够" in text
    ended = make_vote(state=VoteState.VOID, void_because="方案要重做")
    text = read(client, f"/owners-votes/{ended.id}/prints/notice").get_text()
    assert "终止表决公告" in text
    assert "方案要重做" in text


def test_the_result_and_the_certificate(make_vote: MakeVote, client: Client, world: World) -> None:
    vote = make_vote(state=VoteState.FINAL)
    read(client.sign_in("owner"), f"/owners-votes/{vote.id}/prints/certificate", 404)
    certificate = counted(world, vote)
    text = read(client, f"/owners-votes/{vote.id}/prints/result").get_text()
    assert "业主大会表决结果公告" in text
    assert "没有参加" not in text
    assert "没有达到 2/3，这项表决不成立" in text
    assert certificate.count_hash not in text
    for reply in (
        read(client, f"/owners-votes/{vote.id}/prints/certificate").get_text(),
        said(client.get(f"/owners-votes/{vote.id}/prints/certificate?format=pdf").data),
    ):
        plain = "".join(reply.split())
        assert certificate.count_hash in plain
        assert certificate.roll_hash in plain
        assert "监票人何明" in plain
        for what in ("count", "sums"):
            assert f"python3recount.pyzowners-vote-{vote.id}-{what}.json" in plain
        assert program() in plain


def test_there_is_no_result_before_the_count_is_posted(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.COUNTING)
    read(client.sign_in("secretary"), f"/owners-votes/{vote.id}/prints/result", 403)


@pytest.mark.parametrize("bad", ["after=x", "after=-1", "after=99999999999", "building=%00", "after=²"])
def test_strange_addresses_do_no_harm(bad: str, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    for kind in ("ballots", "roll"):
        read(client.sign_in("secretary"), f"/owners-votes/{vote.id}/prints/{kind}?{bad}")


def test_a_draft_without_roll_or_matters_can_be_looked_at(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.DRAFT, matters=(), roll=False)
    client.sign_in("secretary")
    for kind in ("", "/blank", "/notice", "/roll"):
        assert read(client, f"/owners-votes/{vote.id}/prints{kind}").select_one("h1")


def test_what_people_wrote_is_no_markup(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(
        state=VoteState.NOTICE, matters=({"question": "<b>换</b><img src=file:///etc/passwd>", "item": 5},)
    )
    page = read(client.sign_in("secretary"), f"/owners-votes/{vote.id}/prints/notice")
    assert not page.select("h3 b")
    text = said(client.get(f"/owners-votes/{vote.id}/prints/notice?format=pdf").data)
    assert "<b>换</b><imgsrc=file:///etc/passwd>" in text


def test_papers_of_many_come_in_parts(
    make_vote: MakeVote, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.assembly.queries import prints

    monkeypatch.setattr(prints, "PAPERS", 2)
    vote = make_vote()
    page = read(client.sign_in("secretary"), f"/owners-votes/{vote.id}/prints/ballots")
    assert len(page.select("section.sheet")) == 2
    onward = page.find("a", string=lambda t: bool(t and "后面的" in t)) or page.select_one(
        "a[href*='after=2']"
    )
    assert onward is not None
    last = read(client, f"/owners-votes/{vote.id}/prints/ballots?after=4")
    assert [p["data-ticket"] for p in last.select("section.sheet")] == [tickets.code_of(vote.id, 5)]


@pytest.mark.parametrize("kind", ["ballots", "roll"])
def test_a_building_has_its_file(kind: str, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    page = read(client.sign_in("secretary"), f"/owners-votes/{vote.id}/prints/{kind}?building=12号楼")
    download = page.find("a", string=lambda t: bool(t and "下载 PDF" in t)) or page.select_one(
        "a.btn--primary[href*='format=pdf']"
    )
    assert download is not None
    assert client.get(str(download["href"])).mimetype == "application/pdf"


def test_a_long_roll_is_offered_part_by_part(
    make_vote: MakeVote, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.assembly.queries import prints

    vote = make_vote()
    here = f"/owners-votes/{vote.id}/prints"
    client.sign_in("secretary")
    whole = [
        a["href"] for a in read(client, here).select("a[href*='prints/roll']") if "building" not in a["href"]
    ]
    assert whole == [f"{here}/roll", f"{here}/roll?format=pdf"]
    monkeypatch.setattr(prints, "ROWS", 2)
    page = read(client, here)
    parts = [a["href"] for a in page.select("a[href*='prints/roll'][href*='format=pdf']")]
    assert parts == [
        f"{here}/roll?format=pdf",
        f"{here}/roll?after=2&format=pdf",
        f"{here}/roll?after=4&format=pdf",
    ]
    assert "第 5—5 套" in page.get_text()


def test_english_readers_get_pages_too(make_vote: MakeVote, client: Client, world: World) -> None:
    with transaction():
        from portal.accounts.models import User

        db.session.get_one(User, world.ids["secretary"]).lang = "en"
    vote = make_vote(state=VoteState.NOTICE)
    client.sign_in("secretary")
    for kind in ("", "/ballots", "/blank", "/notice", "/roll"):
        read(client, f"/owners-votes/{vote.id}/prints{kind}")


def test_each_page_asks_little(make_vote: MakeVote, client: Client, statements: list[str]) -> None:
    vote = make_vote(state=VoteState.OPEN)
    read(
        client.sign_in("secretary"), f"/owners-votes/{vote.id}/prints/ballots"
    )  # his first look is on record
    for kind in ("", "/ballots", "/blank", "/notice", "/roll"):
        del statements[:]
        read(client, f"/owners-votes/{vote.id}/prints{kind}")
        assert len(statements) <= 7, (kind, statements)
