"""An election on the pages: nominating, checking, marking several candidates, what came out, and the next round."""

import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.assembly import vacancies
from portal.assembly.actions.announcing import certify_vote, post_again, post_preliminary
from portal.assembly.actions.counting import begin_count, name_scrutineer
from portal.assembly.actions.rolls import freeze_roll
from portal.assembly.actions.rounds import announce_lot, call_round, draw_lot
from portal.assembly.election_words import CandidateState as C
from portal.assembly.models.box import OwnerBallot
from portal.assembly.models.elections import Candidate, ElectionLot
from portal.assembly.models.papers import Batch, Slip
from portal.assembly.models.votes import OwnersVote, VoteObjection
from portal.assembly.words import Counter, VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Conflict
from portal.core.waiting import waiting_for
from portal.voting import draw
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.convening import FROZEN
from tests.assembly.electing import (
    SEATS,
    WITH_QUESTION,
    announced,
    candidate,
    election_of,
    five_stand,
    owner_id,
    posted,
)
from tests.assembly.papers import put_in
from tests.assembly.signing import on_paper
from tests.conftest import Client, Statements
from tests.world import NOW, World

BUDGET = 6
TABLE = ((Counter.TELLER, "计票员甲"), (Counter.SCRUTINEER, "监票员乙"), (Counter.SCRUTINEER, "监票员丙"))


def on(world: World, make_vote: MakeVote, **given: Any) -> OwnersVote:
    """An open election with five candidates."""
    vote = make_vote(**{"matters": SEATS, **given})
    five_stand(world, vote)
    return vote


def counted(
    world: World, make_vote: MakeVote, matters: tuple[dict[str, Any], ...] = SEATS, /, **said: str
) -> OwnersVote:
    """Counted and posted; what each home said: `u101="c1+c2"`."""
    vote = on(world, make_vote, state=VoteState.CLOSED, matters=matters)
    for key, word in said.items():
        put_in(vote, key.removeprefix("u"), word)
    for role, name in TABLE:
        name_scrutineer(world.secretary, vote, role=role, name=name)
    begin_count(world.secretary, vote)
    on_paper(world.secretary, vote)
    post_preliminary(world.secretary, vote, where="东门公告栏")
    return vote


FOUR = {"u101": "c1+c2", "u102": "c1+c3", "u201": "c1+c2", "u202": "c1"}
"""c1 has everybody, c2 two of four heads and half and more of the area."""
LEVEL = {"u101": "c3+c4+c5", "u102": "c2+c4+c5", "u201": "c2+c3+c5", "u202": "c2+c3+c4"}
"""c2 and c3 are ahead by area; c4 and c5 are level and compete for the third seat."""


class TestStanding:
    def test_an_owner_puts_himself_forward(self, world: World, client: Client) -> None:
        vote = posted(world)
        page = client.sign_in("owner").get(f"/owners-votes/{vote.id}/candidates").text
        assert f'href="/owners-votes/{vote.id}/candidates/standing"' in page
        form = {
            "matter": str(election_of(vote).id),
            "owner": str(owner_id(world, "101")),
            "statement": "把账目公开。",
            "declared": ["arrears"],
            "agree": "y",
            "once": "a" * 32,
        }
        done = client.submit(f"/owners-votes/{vote.id}/candidates/standing", form)
        one = db.session.scalars(sa.select(Candidate)).one()
        assert done.headers["Location"] == f"/candidates/{one.id}"
        shown = client.get(f"/candidates/{one.id}").text
        assert "等资格审查" in shown
        assert "欠交物业费" in shown

    def test_without_his_word_he_does_not_stand(self, world: World, client: Client) -> None:
        vote = posted(world)
        client.sign_in("owner")
        form = {"matter": str(election_of(vote).id), "owner": str(owner_id(world, "101"))}
        back = client.submit(f"/owners-votes/{vote.id}/candidates/standing", form)
        assert back.status_code == 422
        assert "本人同意才能参选" in back.text

    def test_a_neighbour_is_put_forward_agrees_and_is_checked(self, world: World, client: Client) -> None:
        vote = posted(world)
        form = {
            "matter": str(election_of(vote).id),
            "plate": "12-1-101",
            "name": "王秀兰",
            "by": "owner",
            "once": "b" * 32,
        }
        client.sign_in("chair").submit(f"/owners-votes/{vote.id}/candidates/nomination", form)
        one = db.session.scalars(sa.select(Candidate)).one()
        client.sign_in("owner")
        assert f"/candidates/{one.id}" in client.get("/").text
        assert "有人推荐您参选" in client.get(f"/candidates/{one.id}").text
        client.submit(f"/candidates/{one.id}/consent", {"statement": "管好账。", "agree": "y"})
        client.sign_in("secretary")
        assert "审查通过" in client.get(f"/candidates/{one.id}").text
        refused = client.submit(f"/candidates/{one.id}/refusal", {"reason": ""})
        assert refused.status_code == 422
        client.submit(f"/candidates/{one.id}/qualification", {})
        db.session.expire_all()
        assert one.state is C.QUALIFIED

    def test_a_name_that_is_not_there_comes_back(self, world: World, client: Client) -> None:
        vote = posted(world)
        form = {"matter": str(election_of(vote).id), "plate": "12-1-101", "name": "查无此人", "by": "owner"}
        back = client.sign_in("chair").submit(f"/owners-votes/{vote.id}/candidates/nomination", form)
        assert back.status_code == 422
        assert "名册上这个门牌没有这位业主" in back.text

    def test_before_the_notice_neighbours_see_no_names(self, world: World, client: Client) -> None:
        vote = posted(world)
        one = candidate(world, vote, "101", "王秀兰", user_id=world.ids["owner"], state=C.NOMINATED)
        client.sign_in("tenant")
        assert "王秀兰" not in client.get(f"/owners-votes/{vote.id}/candidates").text
        assert client.get(f"/candidates/{one.id}").status_code == 404

    def test_the_notice_hangs_out_with_the_list(self, world: World, client: Client) -> None:
        vote = announced(world)
        client.sign_in("tenant")
        for path in ("candidates", "prints/notice", "prints/blank"):
            page = client.get(f"/owners-votes/{vote.id}/{path}").text
            assert page.index("王秀兰") < page.index("顾建平"), path
            assert "1990000" not in page
        assert "候选人" in client.get(f"/owners-votes/{vote.id}/postings").text

    def test_the_convener_reads_that_nobody_has_a_choice(self, world: World, client: Client) -> None:
        vote = posted(world)
        candidate(world, vote, "101", "王秀兰", state=C.QUALIFIED)
        with clock.frozen(FROZEN):
            freeze_roll(world.secretary, vote)
            page = client.sign_in("secretary").get(f"/owners-votes/{vote.id}/announcement").text
        assert "等额选举" in page

    def test_an_objection_to_a_candidate(self, world: World, client: Client) -> None:
        vote = announced(world)
        one = db.session.scalars(sa.select(Candidate).where(Candidate.number == 1)).one()
        address = f"/owners-votes/{vote.id}/candidates/{one.id}/objections/new"
        client.sign_in("tenant")
        assert address in client.get(f"/candidates/{one.id}").text
        assert "王秀兰" in client.get(address).text
        client.submit(address, {"text": "他欠物业费。", "once": "c" * 32})
        listed = client.get(f"/owners-votes/{vote.id}/objections").text
        assert "对候选人的异议：王秀兰" in listed
        assert "answer_vote_objection" in {w.kind for w in waiting_for(world.secretary)}
        client.sign_in("secretary")
        objection = db.session.scalars(sa.select(VoteObjection.id)).one()
        client.submit(f"/vote-objections/{objection}/answer", {"upheld": "yes", "answer": "欠费属实。"})
        assert "异议成立，已除名" in client.get(f"/candidates/{one.id}").text


class TestThePaper:
    def test_what_candidates_say_stands_on_it_before_the_boxes(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = on(world, make_vote)
        page = client.sign_in("owner").get(f"/owners-votes/{vote.id}").text
        assert page.index("把账目公开。") < page.index('type="checkbox" id="choice-0')
        assert f'href="/owners-votes/{vote.id}/candidates"' in page

    def test_several_are_ticked_and_read_back(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = on(world, make_vote, matters=WITH_QUESTION)
        voter = voter_of(vote, "201").id
        paper = client.sign_in("chair").get(f"/owners-votes/{vote.id}").text
        assert paper.count('type="checkbox" id="choice-0') == 6
        assert "最多 3 位" in paper
        marks = {"matters": "2", "choice-0": ["c4", "c1"], "choice-1": "for"}
        review = client.submit(f"/voters/{voter}/review", marks)
        assert "1. 王秀兰、4. 周梅" in review.text
        said = re.findall(r'name="choice" value="([^"]*)"', review.text)
        once = re.findall(r'name="once" value="([^"]*)"', review.text)[0]
        client.submit(f"/voters/{voter}/ballot", {"choice": said, "once": once})
        assert db.session.scalar(sa.select(OwnerBallot.choices)) == "c1+c4,for"
        receipt = client.get(f"/voters/{voter}/receipt").text
        assert "周梅" not in receipt
        assert client.get(f"/voters/{voter}/change").text.count(" checked") == 3

    @pytest.mark.parametrize(
        ("marks", "words"),
        [
            (["c1", "c2", "c3", "c4"], "最多选 3 位，您选了 4 位"),
            (["c1", "abstain"], "不能再选候选人"),
            ([], "还没有选候选人"),
        ],
    )
    def test_without_scripts_too_many_come_back_with_their_ticks(
        self, world: World, make_vote: MakeVote, client: Client, marks: list[str], words: str
    ) -> None:
        vote = on(world, make_vote)
        voter = voter_of(vote, "201").id
        back = client.sign_in("chair").submit(f"/voters/{voter}/review", {"matters": "1", "choice-0": marks})
        assert back.status_code == 422
        assert words in back.text
        assert back.text.count(" checked") == len(marks)

    def test_a_batch_reads_candidates_and_a_paper_with_too_many(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = on(world, make_vote)
        client.sign_in("worker")
        client.submit(
            f"/owners-votes/{vote.id}/batches", {"received_at": "2026-06-16T09:00", "once": "d" * 32}
        )
        batch = f"/batches/{db.session.scalars(sa.select(Batch.id)).one()}"
        page = client.get(batch).text
        assert "勾多了算无效" in page
        for ticket, marks in (("1", ["c3", "c2"]), ("3", ["c1", "c2", "c3", "c4"]), ("4", ["none"])):
            read = {"ticket": ticket, "matters": "1", "choice-0": marks, "signed": "0"}
            client.submit(f"{batch}/slips", read)
        assert client.submit(f"{batch}/slips", {"ticket": "2", "matters": "1"}).status_code == 422
        slips = db.session.scalars(sa.select(Slip.first).order_by(Slip.voter_id)).all()
        assert slips == ["c2+c3", "invalid", ""]
        assert "选 2、3 号" in client.get(batch).text

    def test_the_page_is_read_in_few_queries(
        self, world: World, make_vote: MakeVote, client: Client, statements: Statements
    ) -> None:
        vote = on(world, make_vote)
        client.sign_in("owner").get(f"/owners-votes/{vote.id}")
        del statements[:]
        client.get(f"/owners-votes/{vote.id}")
        assert len(statements) <= BUDGET, statements

    def test_the_printed_paper_has_a_box_each(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = on(world, make_vote)
        page = client.sign_in("secretary").get(f"/owners-votes/{vote.id}/prints/ballots").text
        sheet = page.split('<section class="sheet"')[1]
        assert sheet.count("<i></i>") == 6 + 2  # 五位和弃权；共有人的票还有“代表全体”和“只代表本人”
        assert "最多选 3 位" in sheet


class TestTheResult:
    def test_who_is_elected_and_how_much_the_others_lack(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = counted(world, make_vote, **FOUR)
        page = client.sign_in("tenant").get(f"/owners-votes/{vote.id}/result").text
        assert "选出 1 位，空缺 2 个" in page
        assert re.search(r"人数差 .*1.* 人", page)
        assert page.count('class="tbar"') == 2 + 2 * 5
        assert "不是名次" in page
        for path in ("prints/result", "certificate", "sums.json", "result?format=csv", "receipts"):
            assert client.get(f"/owners-votes/{vote.id}/{path}").status_code == 200, path
        assert "当选" in client.get(f"/owners-votes/{vote.id}/prints/result").text
        assert "1. 王秀兰" in client.get(f"/owners-votes/{vote.id}/result?format=csv").text

    def test_an_alternate_is_posted_with_the_result(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        """Four have the majority; the fourth by votes has no seat and the one place of an alternate."""
        matters = ({**SEATS[0], "alternates": 1},)
        said = {
            "u101": "c2+c3+c4",
            "u102": "c1+c2+c4",
            "u201": "c1+c2+c3",
            "u202": "c2+c3+c4",
            "ushop": "c1+c4",
        }
        vote = counted(world, make_vote, matters, **said)
        page = client.sign_in("tenant").get(f"/owners-votes/{vote.id}/result").text
        assert "委员出缺时按得票多少补上" in page
        printed = client.get(f"/owners-votes/{vote.id}/prints/result").text
        assert "候补" in printed
        result = election_of(vote).result
        assert result is not None
        assert (sorted(result["elected"]), result["alternates"]) == (["c2", "c3", "c4"], ["c1"])
        sums = client.get(f"/owners-votes/{vote.id}/sums.json").get_json()
        assert sums[0]["expected"]["alternates"] == ["c1"]

    def test_those_who_check_read_names_and_numbers(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = counted(world, make_vote, **FOUR)
        client.sign_in("secretary")
        rows = client.get(f"/owners-votes/{vote.id}/count/ballots").text
        assert "选 1、2 号" in rows
        assert client.get(f"/owners-votes/{vote.id}/count.json").status_code == 200

    def test_a_lot_is_announced_drawn_once_and_stands_on_the_result(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = counted(world, make_vote, **LEVEL)
        matter = election_of(vote)
        assert matter.result is not None
        assert (matter.result["elected"], matter.result["tied"]) == (["c2", "c3"], ["c4", "c5"])
        address = f"/owners-votes/{vote.id}/matters/{matter.id}/lot"
        page = client.sign_in("secretary").get(f"/owners-votes/{vote.id}/result").text
        assert "争最后" in page
        assert address in page
        lot = {"source": "双色球第 2026070 期", "digits": "6", "draws_at": "2026-06-17T21:30"}
        lot["first_witness"] = "何明"
        assert client.submit(address, {**lot, "second_witness": "何明"}).status_code == 422
        missing = client.submit(address, {**lot, "second_witness": "赵强", "digits": "几位"})
        assert "一共几位数字" in missing.text
        client.submit(address, {**lot, "second_witness": "赵强"})
        assert client.submit(f"{address}/drawing", {"seed": "03 07 12"}).status_code == 409
        assert db.session.scalars(sa.select(ElectionLot)).one().drawn is None
        with clock.frozen(NOW + timedelta(days=2)):
            short = client.sign_in("secretary").submit(f"{address}/drawing", {"seed": "3 07 12"})
            assert short.status_code == 422
            assert "6 位数字" in short.text
            client.submit(f"{address}/drawing", {"seed": "03 07 12"})
            db.session.expire_all()
            drawn = db.session.scalars(sa.select(ElectionLot)).one()
            assert drawn.drawn == draw.drawn("030712", ["c4", "c5"])
            assert drawn.chosen == drawn.drawn[:1]
            page = client.sign_in("tenant").get(f"/owners-votes/{vote.id}/result").text
            assert "抽签当选" in page
            assert "030712" in page
            assert "030712" in client.get(f"/owners-votes/{vote.id}/prints/result").text

    def test_a_lot_falls_with_the_count_it_was_drawn_for(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = counted(world, make_vote, **LEVEL)
        matter = election_of(vote)
        lot = {"first_witness": "何明", "second_witness": "赵强", "source": "双色球第 2026070 期"}
        draws_at = NOW + timedelta(days=1)
        announce_lot(world.secretary, vote, matter_id=matter.id, digits=6, draws_at=draws_at, **lot)
        with clock.frozen(draws_at):
            draw_lot(world.secretary, vote, matter_id=matter.id, seed="03 07 12")
        post_again(world.secretary, vote, where="东门公告栏", reason="把票又看了一遍，没有错。")
        assert vacancies.lot_of(matter.id) is not None
        with transaction():
            his = OwnerBallot.voter_id == voter_of(vote, "201").id
            db.session.execute(sa.update(OwnerBallot).where(his).values(choices="c2+c3+c4"))
        post_again(world.secretary, vote, where="东门公告栏", reason="101室的票看错了。")
        assert matter.result is not None
        assert vacancies.level(matter.result) != (["c2", "c3"], ["c4", "c5"])
        assert vacancies.lot_of(matter.id) is None
        assert vacancies.still_open(matter, None).seats + len(matter.result["elected"]) == matter.seats
        assert "抽签当选" not in client.sign_in("tenant").get(f"/owners-votes/{vote.id}/result").text


class TestTheNextRound:
    def final(self, world: World, make_vote: MakeVote) -> OwnersVote:
        vote = counted(world, make_vote, **FOUR)
        with clock.frozen(NOW + timedelta(days=9)):
            certify_vote(world.secretary, vote, where="东门公告栏")
        return vote

    def test_a_draft_for_what_is_vacant_with_who_stood(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = self.final(world, make_vote)
        with clock.frozen(NOW + timedelta(days=10)):
            client.sign_in("chair")
            page = client.get(f"/owners-votes/{vote.id}/result").text
            assert f'action="/owners-votes/{vote.id}/round"' in page
            done = client.submit(f"/owners-votes/{vote.id}/round", {"once": "e" * 32})
            again = db.session.scalars(sa.select(OwnersVote).where(OwnersVote.round_of_id == vote.id)).one()
            assert done.headers["Location"] == f"/owners-votes/{again.id}/checklist"
            assert (again.state, again.place_path, election_of(again).seats) == (
                VoteState.DRAFT,
                vote.place_path,
                2,
            )
            carried = db.session.scalars(sa.select(Candidate).where(Candidate.vote_id == again.id)).all()
            assert [c.name for c in carried] == ["王芳", "顾建平", "周梅", "何春"]
            assert all(c.state is C.NOMINATED and c.consented_at is None for c in carried)
            again_page = client.get(f"/owners-votes/{again.id}", follow_redirects=True).text
            assert f'<a href="/owners-votes/{vote.id}">这是补选，看前一轮</a>' in again_page
            assert "每张票最多选 2 位" in election_of(again).explanation
            twice = client.submit(f"/owners-votes/{vote.id}/round", {"once": "f" * 32})
            assert twice.status_code == 409
            assert db.session.scalar(sa.select(sa.func.count()).where(OwnersVote.round_of_id == vote.id)) == 1
            assert again.title in client.get(f"/owners-votes/{vote.id}/result").text

    def test_only_those_who_convene_call_it(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = self.final(world, make_vote)
        assert client.sign_in("owner").submit(f"/owners-votes/{vote.id}/round", {}).status_code == 403


def test_matters_are_written_with_seats(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.DRAFT, matters=())
    client.sign_in("chair")
    form = client.get(f"/owners-votes/{vote.id}/matters/new?wish=election").text
    assert 'name="seats"' in form
    assert 'name="cost"' not in form
    words = {
        "question": "选举业委会",
        "item": "3",
        "item_reason": "第三项",
        "explanation": "",
        "wish": "election",
    }
    even = client.submit(f"/owners-votes/{vote.id}/matters/new", {**words, "seats": "4"})
    assert even.status_code == 422
    assert "单数" in even.text
    many = client.submit(f"/owners-votes/{vote.id}/matters/new", {**words, "seats": "5", "alternates": "6"})
    assert many.status_code == 422
    assert "候补委员不能比要选的委员多" in many.text
    sent = {**words, "seats": "5", "alternates": "2"}
    assert client.submit(f"/owners-votes/{vote.id}/matters/new", sent).status_code == 303
    assert (election_of(vote).seats, election_of(vote).alternates) == (5, 2)
    assert "选 5 位，候补 2 位" in client.get(f"/owners-votes/{vote.id}/checklist").text.replace("\xa0", " ")


def test_a_lot_left_undrawn_leaves_the_seat_to_another_round(world: World, make_vote: MakeVote) -> None:
    vote = counted(world, make_vote, **LEVEL)
    with clock.frozen(NOW + timedelta(days=9)):
        certify_vote(world.secretary, vote, where="东门公告栏")
        again = call_round(world.chair, vote, once="g")
        assert call_round(world.chair, vote, once="g") is again
        with pytest.raises(Conflict, match="已经在办"):
            call_round(world.chair, vote, once="h")
    carried = db.session.scalars(sa.select(Candidate.name).where(Candidate.vote_id == again.id)).all()
    assert (election_of(again).seats, sorted(carried)) == (1, sorted(["王秀兰", "周梅", "何春"]))
