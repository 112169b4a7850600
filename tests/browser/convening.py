"""An owners' vote of a 60-unit building until it is announced: roster, paper, roll, objection, freeze, notice."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from portal.accounts.models import Role
from portal.core import clock

from .founding import (
    ADMINISTRATOR,
    BUILDING,
    CHAIR,
    COMMUNITY,
    ESTATE,
    NEIGHBOUR,
    OWNER,
    PASSWORD,
    QUIET,
    SECRETARY,
    WORKER,
    Registry,
    Somebody,
    engage,
)
from .people import PICTURES, Person
from .serving import Portal

TITLE = "19号楼更换四部电梯"
QUESTION = "是否同意用维修资金更换19号楼的四部电梯？"
COST = "824,000"
SCOPE_REASON = "四部电梯由全楼共用，维修资金从全楼列支。"
WALLS = "1单元、2单元门口和东门公告栏"
OBJECTION = "2单元701室不在名册上。业主在外地，请我替她看的。"
ANSWER = "登记表上那一行没有写面积，没有收进来。查了产权证，补上了，名册重新公示。"

Look = Callable[[Person, str], None]
"""What is done with a page when the journey comes by: (person, name of the page)."""


class Convening:
    """People who have arrived, the portal's clock, the address of the vote."""

    def __init__(self, arrive: Callable[..., Person], portal: Portal, look: Look) -> None:
        self.arrive, self.portal, self.look = arrive, portal, look
        self.secretary = arrive()
        self.worker = arrive()
        self.address = ""
        self.printed: dict[str, bytes] = {}

    # ---- the ground ------------------------------------------------------------------------------

    def settle_in(self) -> None:
        """Register, staff, and four owners who come with their cards."""
        for role, who in ((Role.SECRETARY, SECRETARY), (Role.SOCIAL_WORKER, WORKER)):
            engage(self.portal, role, who, COMMUNITY)
        self.registry = registry = Registry(self.arrive, self.look)
        self.administrator = self.arrive()
        self.enter(self.administrator, ADMINISTRATOR)
        registry.take_the_roster(self.administrator)
        self.enter(self.secretary, SECRETARY)
        self.enter(self.worker, WORKER)
        registry.print_cards(self.secretary)
        self.chair = registry.claim(CHAIR)
        self.owner = registry.claim(OWNER)
        self.neighbour = registry.claim(NEIGHBOUR)
        self.quiet = registry.claim(QUIET, java_script_enabled=False)
        engage(self.portal, Role.COMMITTEE_CHAIR, CHAIR, ESTATE)

    def enter(self, person: Person, who: Somebody) -> None:
        person.come_in(who.phone, PASSWORD, who.name)

    # ---- the paper -------------------------------------------------------------------------------

    def draft(self) -> None:
        chair = self.chair
        chair.go("/owners-votes")
        self.look(chair, "votes-none")
        chair.follow("发起表决")
        self.look(chair, "wish")
        chair.follow("换旧电梯，用维修资金")
        chair.write("这次表决叫什么", TITLE)
        chair.choose("由哪些业主来定", f"{ESTATE} {BUILDING}")
        chair.write("为什么由这些业主来定", SCOPE_REASON)
        chair.write("公告上怎么署名", "东府嘉和业主委员会")
        chair.write_hour("什么时候开始投票", self.opens)
        chair.write_hour("什么时候截止", self.closes)
        self.look(chair, "vote-new")
        chair.press("下一步：写事项")
        chair.write("要大家定什么", QUESTION)
        chair.write("一共要花多少钱", COST)
        chair.write(
            "来龙去脉",
            "四部电梯用了十九年，去年停了四十一天。三家报价，取中间一家。\n\n"
            "赞成的说：老人下不了楼。反对的说：先修再看，钱留着修屋面。",
        )
        self.look(chair, "matter-new")
        chair.press("写到票上")
        chair.sees("步骤清单", QUESTION)
        self.look(chair, "checklist-draft")
        self.address = chair.path().removesuffix("/checklist")

    @property
    def opens(self) -> datetime:
        return self.day(37, 9)

    @property
    def closes(self) -> datetime:
        return self.day(44, 20)

    def day(self, days: int, hour: int) -> datetime:
        """So many days after the start of the story, at that hour of the community's clock."""
        return clock.at(date(2026, 6, 16) + timedelta(days=days), hour)

    # ---- the roll --------------------------------------------------------------------------------

    def post_the_roll(self) -> None:
        chair = self.chair
        chair.follow("去公示名册", inside="#steps")
        chair.follow("先看名册")
        chair.sees("名册预览", "40 位")
        self.look(chair, "roll-draft")
        chair.follow("去公示名册")
        self.hang_out(chair, "roll-posting")
        chair.press("贴出公示")
        chair.sees("公示业主名册", "7月1日（周三）24:00", inside="#step-roll")
        self.look(chair, "checklist-roll-posted")

    def hang_out(self, person: Person, page: str) -> None:
        """The wall and its photograph."""
        person.write("张贴在哪里", WALLS)
        photos = person.one("fieldset:has(input[name=photos])")
        photos.get_by_label("从相册选").set_input_files(PICTURES / "noticeboard.jpg")
        self.look(person, page)

    def object_to_the_roll(self) -> None:
        """An owner sees that a neighbour is missing; the file is mended, the roll hangs out anew."""
        owner, secretary = self.owner, self.secretary
        self.portal.wait_until(self.day(2, 19))
        owner.go(self.address)
        owner.sees("业主名册公示到")
        self.look(owner, "vote-preparing")
        owner.follow("看名册")
        owner.sees("您家", OWNER.door)
        self.look(owner, "roll")
        owner.follow("不对，提异议")
        owner.write("您的异议和理由", OBJECTION)
        self.look(owner, "objection-new")
        owner.press("提出异议")
        owner.sees(OBJECTION, "等答复")
        self.look(owner, "objections")
        self.portal.wait_until(self.day(3, 9))
        self.registry.take_what_was_missing(self.administrator)
        secretary.go("/desk")
        self.look(secretary, "desk")
        secretary.follow(TITLE)
        self.look(secretary, "objection-answer")
        secretary.tick("成立")
        secretary.write("正式答复", ANSWER)
        secretary.press("公开答复")
        secretary.sees(ANSWER, "成立")
        self.portal.pass_time(minutes=20)
        secretary.go(f"{self.address}/checklist")
        secretary.sees("房屋登记簿后来有改动")
        self.look(secretary, "checklist-stale")
        secretary.follow("更正名册")
        secretary.write("改了什么、为什么改", "补上漏掉的一套房屋。")
        self.hang_out(secretary, "roll-amendment")
        secretary.press("重新公示")
        secretary.sees("7月4日（周六）24:00", inside="#step-roll")

    def freeze_and_announce(self) -> None:
        secretary, chair = self.secretary, self.chair
        secretary.sees("名册要公示到", inside="#step-freeze")
        self.portal.wait_until(self.day(20, 9))
        secretary.go(f"{self.address}/checklist")
        secretary.press("确定名册", inside="#step-freeze")
        secretary.sees("去发公告", inside="#step-notice")
        self.look(secretary, "checklist-frozen")
        chair.go(f"{self.address}/checklist")
        chair.follow("去发公告")
        chair.sees("41 位业主")
        self.hang_out(chair, "announcement")
        chair.press("发出公告")
        chair.sees("7月23日", inside="#step-open")
        self.look(chair, "checklist-notice")
        chair.follow("公告和公示")
        chair.sees(WALLS)
        self.look(chair, "postings")
