"""The whole way of one topic, stop by stop, as seven people go it at their own screens."""

from collections.abc import Callable
from datetime import datetime, timedelta

from playwright.sync_api import expect

from portal.core import clock

from .people import PICTURES, Person
from .serving import Portal

TITLE = "九号楼前的路坑坑洼洼，下雨天没法走"
QUESTION = "九号楼前的路，按哪种办法修？"
CHOICES = ("整段重铺沥青", "只把坑补上")
REASON = "这条路大家天天走，进入协商，请物业先说怎么修。"
ASKED = "路怎么修、花多少钱、几天修好？"
ANSWER = "路基没坏，重铺一层沥青能用十年，补坑只能撑一冬。"
DECISION = "九号楼前的路重铺沥青"
PROJECT = "九号楼前道路重铺"
OBJECTION = "施工别占了消防通道，请写明占几天。"

Look = Callable[[Person, str], None]
"""What is done with a page when the journey comes by: (person, name of the page)."""


class Loop:
    """People who have arrived, the portal's clock, and the addresses of what they made."""

    def __init__(
        self, arrive: Callable[[str], Person], portal: Portal, look: Look, scripts: bool = True
    ) -> None:
        self.portal, self.look, self.scripts = portal, look, scripts
        self.author = arrive("li-min")
        self.neighbours = [arrive(key) for key in ("wang-xiulan", "zhao-qiang", "jin-yuanchao")]
        self.secretary = arrive("feng-xiaoxia")
        self.manager = arrive("chen-hao")
        self.topic = self.poll = self.decision = self.project = ""

    def whole(self) -> None:
        """All seven stops."""
        self.raise_topic()
        self.endorse()
        self.screen()
        self.ask_and_answer()
        self.discuss()
        self.open_poll()
        self.vote_all()
        self.certify()
        self.record_decision()
        self.object_and_answer()
        self.take_effect()
        self.start_project()
        self.carry_out()
        self.accept()
        self.rate()

    def told(self) -> list[str]:
        """The timeline of the topic's page, oldest first, each line as one text."""
        self.author.go(self.topic)
        lines = self.author.one("#story > li").all_inner_texts()
        return [" ".join(line.split()) for line in reversed(lines)]

    # ---- 征集, 筛选 ------------------------------------------------------------------------------

    def raise_topic(self) -> None:
        author = self.author
        author.go("/topics/new")
        author.write("一句话说清是什么事", TITLE)
        author.choose("哪一类", "设施维修改造")
        author.choose("关系到哪里", "一化小区")
        author.write("具体在什么位置", "九号楼一单元门口到花坛那一段")
        author.write(
            "说说情况，您希望怎么办", "路面裂了好几条，坑里一下雨就积水。推婴儿车、坐轮椅的都得绕到马路上走。"
        )
        self.pick(author, "photos", "road-before.jpg")
        self.look(author, "topic-new")
        author.press("提出议题")
        expect(author.page).to_have_url(author.address(r"/topics/\d+"))
        author.sees(TITLE, "征集联署", "九号楼一单元门口到花坛那一段")
        expect(author.one(".photos img")).to_have_count(1)
        self.topic = author.path()
        self.look(author, "topic-gathering")

    def endorse(self) -> None:
        for count, neighbour in enumerate(self.neighbours, start=2):
            neighbour.go(self.topic)
            neighbour.press("联署", inside="#next")
            neighbour.sees(f"{count} 户", inside="#endorsements")
            neighbour.go(self.topic)
            neighbour.sees("您已联署", inside="#next")
        self.look(self.neighbours[0], "topic-endorsed")

    def screen(self) -> None:
        secretary = self.secretary
        secretary.go(self.topic)
        secretary.press("提前筛选")
        secretary.sees("筛选：" + TITLE)
        self.look(secretary, "screening")
        secretary.tick("采纳，进入协商")
        secretary.write("理由，提出人会看到", REASON)
        secretary.press("答复提出人")
        secretary.sees("协商中", inside="#progress")
        self.author.go(self.topic)
        self.author.sees(REASON, inside="#responses")

    # ---- 协商 ------------------------------------------------------------------------------------

    def ask_and_answer(self) -> None:
        secretary, manager = self.secretary, self.manager
        secretary.follow("请一方回应", inside="#next")
        secretary.tick("物业")
        secretary.write("请他们回答什么", ASKED)
        secretary.write_hour("请在什么时间前回应", self.later(days=3, hour=17))
        self.look(secretary, "ask")
        secretary.press("请他们回应")
        secretary.sees("等物业回应", inside="#responses")
        self.portal.pass_time(days=1)
        manager.go("/desk")
        self.look(manager, "desk")
        manager.follow(ASKED)
        self.look(manager, "answer")
        manager.write("正式回应", ANSWER)
        manager.write("费用", "3200")
        manager.write("工期", "6")
        manager.press("公开回应")
        manager.sees(ANSWER, "3,200", "6 天", "提前", inside="#responses")

    def discuss(self) -> None:
        for person, words in (
            (self.author, "重铺的话，能不能把路边的坡也做平？"),
            (self.neighbours[1], "我上夜班，早点修好就行。"),
            (self.manager, "坡可以一起做平，价钱一样。"),
        ):
            person.go(self.topic)
            person.write("说说您的想法", words, inside="#discussion")
            person.press("发表", inside="#comment_form")
            person.sees(words, inside="#discussion")
        expect(self.author.one('.voice[data-party="resident"] .comment')).to_have_count(1)
        self.author.go(self.topic)
        self.author.sees("强子", inside='.voice[data-party="resident"]')
        self.author.sees("陈浩", inside='.voice[data-party="property"]')
        self.author.press("赞同 0", inside='.voice[data-party="property"]')
        self.author.sees("赞同 1", inside='.voice[data-party="property"]')
        self.look(self.author, "topic-deliberating")

    # ---- 表决 ------------------------------------------------------------------------------------

    def open_poll(self) -> None:
        secretary = self.secretary
        secretary.go(self.topic)
        secretary.follow("发起表态", inside="#next")
        secretary.write("要大家定什么", QUESTION)
        for number, choice in enumerate(CHOICES, start=1):
            secretary.write(f"第 {number} 个选项", choice)
        secretary.tick("只选一项")
        secretary.tick("无记名")
        secretary.tick("这里的全部住户")
        secretary.write_hour("什么时候截止", self.later(days=3, hour=18))
        self.look(secretary, "poll-new")
        secretary.press("看样票")
        secretary.sees("样票", QUESTION)
        self.look(secretary, "poll-draft")
        secretary.follow("开始表态")
        secretary.press("开始表态", inside="dialog")
        secretary.sees("截止前不公布各项多少票")
        self.poll = secretary.path()

    def vote(self, voter: Person, choice: str, *, again: str = "") -> str:
        """Cast a paper, or with the receipt `again` change it. Returns the receipt that is shown."""
        voter.go(self.poll if again else self.topic)
        if again:
            voter.follow("改票")
            voter.write("您的回执码", again)
        else:
            voter.follow("去投票", inside="#next")
            self.look(voter, "ballot")
        voter.tick(choice)
        voter.press("看一遍再投出")
        voter.sees("再看一遍", choice)
        self.look(voter, "ballot-review")
        voter.press("投出")
        voter.sees("票已改好" if again else "票已投出")
        self.look(voter, "receipt")
        return voter.one("#receipt .code").inner_text().strip()

    def vote_all(self) -> None:
        wang, zhao, jin = self.neighbours
        new, old = CHOICES
        receipt = self.vote(self.author, new)
        self.vote(wang, new)
        first = self.vote(zhao, old)
        assert self.vote(zhao, new, again=first) == first
        self.vote(jin, old)
        self.portal.wait_until(self.later(days=3, hour=18))
        self.author.go(self.poll)
        self.author.write("回执码", receipt)
        self.author.press("核对")
        self.author.sees("计入了", inside="#check")
        self.look(self.author, "poll-closed")

    def certify(self) -> None:
        secretary = self.secretary
        secretary.go(self.poll)
        secretary.sees(CHOICES[0], "3 票", "1 票")
        secretary.follow("去核定")
        self.look(secretary, "certify")
        secretary.tick("按结果定下来")
        secretary.press("核定")
        secretary.sees("谁都能再数一遍", "按结果定下来")
        self.look(secretary, "poll-result")

    # ---- 公示 ------------------------------------------------------------------------------------

    def record_decision(self) -> None:
        secretary = self.secretary
        secretary.go(self.topic)
        secretary.follow("记下决定", inside="#next")
        secretary.write("决定叫什么", DECISION)
        secretary.write(
            "决定的内容", "由物业重铺一层沥青，路边做平，六天内完成。费用 3,200 元，从公共收益里出。"
        )
        secretary.tick("议事会表态")
        secretary.write_hour("从什么时候起生效", self.later(days=6, hour=9))
        self.look(secretary, "decision-new")
        secretary.press("记下决定")
        secretary.sees("决〔2026〕", "还没公示", DECISION)
        self.decision = secretary.path()
        secretary.follow("去公示", inside="#next")
        secretary.write_hour("公示到什么时候", self.later(days=5, hour=18))
        self.look(secretary, "posting")
        secretary.press("贴出公示")
        secretary.sees("公示中")

    def object_and_answer(self) -> None:
        neighbour, secretary = self.neighbours[2], self.secretary
        neighbour.go(self.topic)
        neighbour.follow("提异议", inside="#next")
        neighbour.write("您的异议和理由", OBJECTION)
        neighbour.press("提出异议")
        neighbour.sees(OBJECTION)
        self.portal.pass_time(days=1)
        secretary.go(self.decision)
        secretary.follow("去答复", inside="#objections")
        self.look(secretary, "objection-answer")
        secretary.write("正式答复", "只占路边半天，消防通道不停车，已写进决定的说明。")
        secretary.press("公开答复")
        secretary.sees("只占路边半天", inside="#objections")
        self.look(secretary, "decision-posted")

    def take_effect(self) -> None:
        self.portal.wait_until(self.later(days=6, hour=10))
        self.author.go(self.decision)
        self.author.sees("已生效")
        self.look(self.author, "decision-effective")

    # ---- 实施, 评价 ------------------------------------------------------------------------------

    def start_project(self) -> None:
        secretary = self.secretary
        secretary.go(self.decision)
        secretary.follow("立项", inside="#next")
        secretary.write("项目叫什么", PROJECT)
        secretary.write("做些什么", "铲掉旧路面，重铺一层沥青，路边做平。")
        secretary.choose("哪一方牵头", "物业")
        secretary.choose_like("谁负责", "陈浩")
        secretary.write("哪天开工", f"{clock.local(self.later(1, 9)):%Y-%m-%d}")
        secretary.check("王阿姨", "老康")
        for number, (step, days) in enumerate((("旧路面铲平", 3), ("沥青铺好放行", 6))):
            secretary.one(f"#milestones-{number}-title").fill(step)
            secretary.one(f"#milestones-{number}-due_on").fill(f"{clock.local(self.later(days, 9)):%Y-%m-%d}")
        secretary.one("#budget-0-title").fill("沥青和人工")
        secretary.one("#budget-0-amount").fill("3200")
        secretary.one("#funding").get_by_role("group", name="公共收益").get_by_label("金额").fill("3200")
        self.look(secretary, "project-new")
        secretary.press("立项公开")
        secretary.sees(PROJECT, "还没开工", "3,200")
        self.project = secretary.path()

    def carry_out(self) -> None:
        manager = self.manager
        self.portal.pass_time(days=1)
        manager.go(self.project)
        manager.press("今天开工")
        manager.sees("实施，完成 0%", inside="#progress")
        self.finish_step("旧路面铲平", "before", "road-before.jpg")
        self.portal.pass_time(days=4)
        self.finish_step("沥青铺好放行", "after", "road-after.jpg")
        manager.sees("修前修后", "实施，完成 100%")
        manager.follow("报告完工", inside="#next")
        manager.write("完工情况", "沥青铺好了，下过一场雨，没有积水。")
        self.look(manager, "completion")
        manager.press("请人验收")
        manager.sees("等监督小组验收")

    def finish_step(self, step: str, field: str, picture: str) -> None:
        manager = self.manager
        manager.follow(f"报完成：{step}", inside="#milestones")
        manager.write("做得怎么样", f"{step}，一切顺利。")
        self.pick(manager, field, picture)
        manager.write("照片上看得到什么", "九号楼门口的路。")
        self.look(manager, "milestone")
        manager.press("报完成")
        manager.sees(f"{step}，一切顺利。")

    def accept(self) -> None:
        supervisor = self.neighbours[0]
        supervisor.go(self.project)
        supervisor.follow("去验收", inside="#next")
        supervisor.tick("同意验收")
        supervisor.write("怎么验的、看到什么", "雨后去看，没有积水，轮椅推得过去。")
        self.look(supervisor, "acceptance")
        supervisor.press("公开结论")
        supervisor.sees("雨后去看", "验收通过，请大家评价")

    def rate(self) -> None:
        author = self.author
        author.go(self.topic)
        author.follow("去评价", inside="#next")
        author.tick("很满意")
        author.write("想说的话", "下雨天也能走了，轮椅不用再绕。")
        self.look(author, "rating")
        author.press("提交评价")
        author.sees("下雨天也能走了", "平均 5", inside="#ratings")
        self.look(author, "project-rated")

    # ---- with the hands ----------------------------------------------------------------------------

    def later(self, days: int, hour: int) -> datetime:
        """So many days on, at that hour of the community's clock."""
        return clock.at(clock.local(self.portal.now).date() + timedelta(days=days), hour)

    def pick(self, person: Person, field: str, *pictures: str) -> None:
        """Choose photos: from the album, or where there are no scripts in the plain control."""
        fieldset = person.one(f"fieldset:has(input[name={field}])")
        control = (
            fieldset.get_by_label("从相册选") if self.scripts else fieldset.locator(f"input[name={field}]")
        )
        control.set_input_files([PICTURES / name for name in pictures])
        if self.scripts:
            expect(fieldset.locator("[data-photo] img")).to_have_count(len(pictures))
