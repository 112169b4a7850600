"""The voting: notice read, ballots printed, votes on the phone, by letter and on paper, and more time for the rest."""

import io
from datetime import datetime

import sqlalchemy as sa
from playwright.sync_api import expect
from pypdf import PdfReader

from portal.accounts import identity
from portal.accounts.models import User
from portal.assembly.actions.batching import check_slip, enter_slip, hand_over_batch, start_batch
from portal.assembly.models.papers import Batch
from portal.assembly.models.rolls import Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import BatchState, VoterKind
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import db

from .convening import TITLE, Convening
from .founding import BUILDING, NEIGHBOUR, OWNER, QUIET, SECRETARY, WORKER
from .people import PICTURES, Person

AWAY = "方佳怡"
"""Lives with her children in another town, has no phone in the register and gives a letter."""
AWAY_DOOR = "19号楼1单元702室"
WHY_LONGER = "票还不够三分之二，再给在外地的业主一周。"


class Balloting(Convening):
    """Everybody's paper, whatever way it comes."""

    receipt = ""
    quiet_receipt = ""

    # ---- reaching people ---------------------------------------------------------------------------

    def reach_everybody(self) -> None:
        """The owner has read it on her phone; the ballots are printed and brought to the others."""
        owner, worker = self.owner, self.worker
        owner.go(self.address)
        self.look(owner, "vote-notice")
        owner.press("我看到了")
        owner.go(self.address)
        owner.sees("您点过“我看到了”")
        worker.go(self.address)
        worker.follow("送达和上门")
        worker.sees(AWAY_DOOR)
        self.look(worker, "deliveries")
        worker.tick("当面签收")
        worker.check("不止这一页")
        worker.press("登记送达")
        worker.sees("登记了", inside="body")

    def pdf(self, person: Person, path: str) -> str:
        """A print as a file: its text, without the spaces of the layout."""
        reply = person.page.request.get(f"{self.address}/prints/{path}")
        assert reply.headers["content-type"] == "application/pdf", reply.status
        self.printed[path.partition("?")[0]] = body = reply.body()
        assert body.startswith(b"%PDF-")
        pages = PdfReader(io.BytesIO(body)).pages
        assert all(abs(page.mediabox.height - 841.89) < 1 for page in pages)
        texts = ["".join(page.extract_text().split()) for page in pages]
        assert len(texts[-1]) > 60, "a signature alone on its page"
        text = "".join(texts)
        assert "</" not in text
        assert "。。" not in text
        return text

    def print_papers(self) -> None:
        secretary = self.secretary
        secretary.go(f"{self.address}/prints")
        self.look(secretary, "prints")
        ballots = self.pdf(secretary, f"ballots?building={BUILDING}&format=pdf")
        assert ballots.count("同意") >= 41
        assert "1-0034-" in ballots
        assert OWNER.name in ballots
        roll = self.pdf(secretary, "roll?format=pdf")
        assert "业主名册公示" in roll
        assert "石**" in roll
        assert OWNER.name not in roll
        notice = self.pdf(secretary, "notice?format=pdf")
        assert "表决公告" in notice
        assert "总费用824,000元" in notice
        for name in ("ballots", "roll", "notice"):
            secretary.go(f"{self.address}/prints/{name}")
            self.look(secretary, f"print-{name}")

    # ---- on the phone ------------------------------------------------------------------------------

    def vote_online(self) -> None:
        """Three taps and a receipt; the co-signing chair and the neighbour do the same."""
        self.portal.wait_until(self.opens)
        owner = self.owner
        owner.go("/")
        self.look(owner, "home-open")
        owner.follow(TITLE)
        owner.sees("表决票", "要花 824,000 元，您家约", "专有部分 139.48")
        self.look(owner, "ballot")
        self.receipt = self.cast(owner, "同意", "review", "receipt")
        owner.go(self.address)
        owner.sees("您已经投票")
        self.look(owner, "vote-given")
        for person in (self.chair, self.neighbour):
            person.go(self.address)
            self.cast(person, "同意")
        self.chair.go(f"{self.address}/turnout")
        self.look(self.chair, "turnout")

    def cast(self, person: Person, choice: str, *pages: str) -> str:
        """The second and the third tap; gives the receipt. `pages`: what the second look and the receipt are called."""
        seen = dict(zip(("review", "receipt"), pages, strict=False))
        person.tick(choice)
        person.press("看一遍再投出")
        person.sees("再看一遍", choice)
        if "review" in seen:
            self.look(person, seen["review"])
        person.press("投出")
        person.sees("票已投出", "您的回执码")
        if "receipt" in seen:
            self.look(person, seen["receipt"])
            person.press("复制回执码")
            person.sees("复制好了")
        return person.one("#receipt .code").inner_text().strip()

    def vote_without_scripts(self) -> None:
        quiet = self.quiet
        quiet.go(self.address)
        quiet.sees(QUIET.door)
        quiet.page.get_by_role("radio", name="不同意").check()
        quiet.press("看一遍再投出")
        quiet.sees("再看一遍", "不同意")
        quiet.press("投出")
        quiet.sees("票已投出")
        self.quiet_receipt = quiet.one("#receipt .code").inner_text().strip()

    # ---- by letter ---------------------------------------------------------------------------------

    def vote_by_letter(self) -> None:
        """The letter is photographed at the desk and checked by the secretary; the agent votes on his phone."""
        worker, secretary, agent = self.worker, self.secretary, self.neighbour
        worker.go(f"{self.address}/deliveries?q=702")
        row = worker.page.locator("tr").filter(has_text=AWAY)
        row.get_by_role("link", name="委托").click()
        worker.write("谁替您投", NEIGHBOUR.name)
        worker.write("他的手机号", NEIGHBOUR.phone)
        worker.check("是否同意", "不是物业公司的人")
        letter = worker.one("fieldset:has(input[name=letter])")
        letter.get_by_label("从相册选").set_input_files(PICTURES / "receipt.jpg")
        self.look(worker, "proxy-new")
        worker.press("交委托书")
        worker.sees("等社区核对")
        secretary.go(worker.path())
        self.look(secretary, "proxy-review")
        secretary.press("核对无误")
        secretary.sees("核对过了，有效")
        agent.go(self.address)
        agent.sees("请您代投的")
        self.look(agent, "vote-agent")
        agent.follow(AWAY_DOOR)
        agent.sees(f"您替{AWAY}投")
        self.look(agent, "proxy-ballot")
        agent.tick("同意")
        agent.press("看一遍再投出")
        agent.press("投出")
        agent.sees("代投的票已经投出")
        self.look(agent, "proxy-given")

    # ---- on paper ----------------------------------------------------------------------------------

    def vote_on_paper(self) -> None:
        """Two people read the same three papers; where they differ the third looks at the paper."""
        worker, chair, secretary = self.worker, self.chair, self.secretary
        self.portal.wait_until(self.day(40, 15))
        worker.go(f"{self.address}/batches")
        self.look(worker, "batches-none")
        worker.press("开始录")
        first, second, third = self.tickets[:3]
        worker.sees("录一张")
        self.slip(worker, first, "同意", "这一批 1 张")
        self.slip(worker, second, "不同意", "这一批 2 张")
        self.slip(worker, third, "弃权", "这一批 3 张")
        self.look(worker, "batch-first")
        worker.press("录完了，交给第二个人")
        chair.go(worker.path())
        self.look(chair, "batch-second")
        chair.sees("第二遍，还有 3 张")
        self.slip(chair, first, "同意", "第二遍，还有 2 张")
        self.slip(chair, second, "不同意", "第二遍，还有 1 张")
        self.slip(chair, third, "无效", "请另一个人来录")
        secretary.go(worker.path())
        secretary.sees("看票裁定")
        self.look(secretary, "batch-third")
        self.slip(secretary, third, "弃权", "已经进票箱")
        self.look(secretary, "batch-agreed")

    def slip(self, person: Person, ticket: int, choice: str, then: str) -> None:
        """The number is read by a scanner, which ends with Enter."""
        person.write("票号", str(ticket))
        person.control("票号", "main").press("Enter")
        expect(person.one("#batch input[type=radio][name='choice-0']").first).to_be_focused()
        person.sees("能签字的", inside="#whose")
        if ticket in self.shared:
            person.sees("谁签了字", inside="#whose")
            self.look(person, "batch-signed")
            person.tick("共有人都签了字")
        person.tick(choice)
        person.press("录下一张")
        person.sees(then, inside="#batch")

    def extend(self) -> None:
        secretary = self.secretary
        self.portal.wait_until(self.day(43, 18))
        secretary.go(f"{self.address}/checklist")
        self.look(secretary, "checklist-open")
        secretary.follow("延长投票时间")
        secretary.write_hour("延到什么时候", self.day(51, 20))
        secretary.write("为什么延期", WHY_LONGER)
        self.hang_out(secretary, "extension")
        secretary.press("公告延期")
        secretary.sees("8月6日", inside="#step-close")
        assert "投票延期到" in self.pdf(secretary, "notice?format=pdf")

    # ---- the rest of the pile ----------------------------------------------------------------------

    def bring_in_the_rest(self) -> None:
        """Twenty-six more papers, read twice as the first ones were, without a screen; two lie in the box unread."""
        self.portal.wait_until(self.day(50, 15))
        words = ["for"] * 20 + ["against"] * 5 + ["abstain"]
        self.read_twice("the-rest", dict(zip(self.tickets[3:29], words, strict=True)))

    def read_twice(self, once: str, said: dict[int, str], received: datetime | None = None) -> None:
        with self.portal.app.app_context(), clock.frozen(self.portal.now):
            vote = db.session.scalars(sa.select(OwnersVote)).one()
            batch = start_batch(_actor(WORKER.phone), vote, received_at=received or clock.now(), once=once)
            for ticket, word in said.items():
                enter_slip(
                    _actor(WORKER.phone),
                    batch,
                    ticket=str(ticket),
                    choices=[word],
                    signer=0,
                    once=f"slip-{ticket}",
                )
            hand_over_batch(_actor(WORKER.phone), batch)
            for ticket, word in said.items():
                check_slip(_actor(SECRETARY.phone), batch, ticket=str(ticket), choices=[word], signer=0)
            assert db.session.get_one(Batch, batch.id).state is BatchState.AGREED
            db.session.remove()

    @property
    def shared(self) -> set[int]:
        """Numbers of the papers of those who own together."""
        with self.portal.app.app_context():
            found = set(db.session.scalars(sa.select(Voter.number).where(Voter.kind == VoterKind.CO_OWNERS)))
            db.session.remove()
        return found

    @property
    def tickets(self) -> list[int]:
        """Numbers of the papers of those who have no account here, but the developer's."""
        mine = {OWNER.name, QUIET.name, NEIGHBOUR.name, "阎晓明", AWAY}
        with self.portal.app.app_context():
            heads = db.session.execute(sa.select(Voter.number, Voter.name).order_by(Voter.number)).all()
            db.session.remove()
        return [number for number, name in heads if name not in mine and "置业" not in name]


def _actor(phone: str) -> Actor:
    user = db.session.scalars(sa.select(User).where(User.phone == phone)).one()
    return identity.actor_of(identity.load([user.id])[user.id])
