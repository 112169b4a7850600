"""The first stops of a topic, from its raising to what is said about it, as people go them at their own screens."""

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


class Table:
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
