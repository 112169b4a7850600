"""The whole way of one topic, stop by stop, as six people go it at their own screens."""

from portal.core import clock

from .people import Person
from .table import CHOICES, DECISION, OBJECTION, PROJECT, QUESTION, Table


class Loop(Table):
    """From the table to the vote, the decision, the work and its rating."""

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
