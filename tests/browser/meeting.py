"""The count of an owners' vote: closed by the clock, counted in public, objected to, certified, counted again."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from .balloting import Balloting
from .convening import QUESTION
from .founding import NEIGHBOUR, WORKER, run
from .people import PICTURES

OBJECTION = "我投了不同意，初步结果里看不到我这一票。"
ANSWER = "当面用回执码核对过，这一票计入了不同意。"


class Meeting(Balloting):
    """From the register to the archive."""

    count: dict[str, Any]

    def whole(self) -> None:
        self.settle_in()
        self.draft()
        self.post_the_roll()
        self.object_to_the_roll()
        self.freeze_and_announce()
        self.reach_everybody()
        self.print_papers()
        self.vote_online()
        self.vote_without_scripts()
        self.vote_by_letter()
        self.vote_on_paper()
        self.extend()
        self.bring_in_the_rest()
        self.close()
        self.count_the_box()
        self.count_in_public()
        self.post_preliminary()
        self.object_to_the_result()
        self.certify()
        self.archive()

    # ---- the count ---------------------------------------------------------------------------------

    def close(self) -> None:
        """The hour passes: nobody presses anything."""
        owner, secretary = self.owner, self.secretary
        self.portal.wait_until(self.day(51, 20))
        owner.go(self.address)
        owner.sees("已截止，等公开唱票计票")
        self.look(owner, "vote-closed")
        secretary.go(f"{self.address}/count")
        secretary.sees("计票要有至少两位监票人和一位计票人")
        self.look(secretary, "count-closed")

    def count_the_box(self) -> None:
        """Two papers were not read in by the close: two people count them, everybody sees it, then they are read in."""
        secretary, chair, owner, worker = self.secretary, self.chair, self.owner, self.worker
        self.portal.wait_until(self.day(51, 20) + timedelta(minutes=20))
        worker.go(f"{self.address}/batches")
        worker.write_hour("什么时候收到的", self.day(51, 19))
        worker.press("开始录")
        worker.sees("要先封箱记数")
        secretary.go(f"{self.address}/checklist")
        secretary.follow("去封箱记数")
        self.look(secretary, "seal-empty")
        secretary.write("票箱里没录的纸质票有几张", "2")
        self.hang_out(secretary, "seal")
        secretary.press("记下，请另一个人再数")
        secretary.sees("等另一个人再数一遍")
        chair.go(f"{self.address}/seal")
        self.look(chair, "seal-second")
        chair.write("您数到几张", "3")
        chair.press("我数过了")
        chair.sees("要第三个人再数一遍")
        worker.go(f"{self.address}/seal")
        worker.write("您数到几张", "2")
        worker.press("我数过了")
        worker.sees("两个人数过")
        self.look(worker, "seal")
        owner.go(self.address)
        owner.sees("截止时还没录的纸质票 2 张")
        self.look(owner, "vote-seal")
        last = dict(zip(self.tickets[29:31], ("abstain", "invalid"), strict=True))
        self.read_twice("the-last", last, self.day(51, 19))
        chair.go(f"{self.address}/batches")
        chair.write_hour("什么时候收到的", self.day(51, 19))
        chair.press("开始录")
        chair.sees("多出来的不能再录")
        secretary.go(f"{self.address}/count")
        secretary.sees("截止时还没录的纸质票 2 张", "公开唱票的时间地点还没有公布")
        secretary.follow("去定时间地点")
        secretary.write_hour("什么时候公开唱票", self.day(52, 9))
        secretary.write("在哪里唱票", "社区二楼会议室")
        secretary.press("定下来")
        secretary.sees("时间地点定了", inside="body")
        owner.go(self.address)
        owner.sees("社区二楼会议室公开唱票")

    def count_in_public(self) -> None:
        """A teller and a scrutineer sign on their own phones, the other one on paper."""
        secretary = self.secretary
        self.portal.wait_until(self.day(52, 10))
        for role, name, phone in (
            ("计票", WORKER.name, WORKER.phone),
            ("监票", NEIGHBOUR.name, NEIGHBOUR.phone),
            ("监票", "何明", ""),
        ):
            secretary.tick(role)
            secretary.write("姓名", name)
            secretary.write("手机号", phone)
            secretary.press("登记")
            secretary.sees(name, inside="#table")
        secretary.press("开箱计票")
        secretary.sees("数出来的票", "重新计票")
        self.look(secretary, "count-open")
        for person in (self.worker, self.neighbour):
            person.go(f"{self.address}/count")
            person.press("核对无误，签字：" + (WORKER.name if person is self.worker else NEIGHBOUR.name))
            person.sees("签好了", inside="body")
        self.look(self.neighbour, "count-scrutineer")
        secretary.go(f"{self.address}/count")
        assert "我们当场核对过票和上面的数字" in self.pdf(secretary, "tally?format=pdf")
        secretary.check("何明")
        secretary.one("#sheet").set_input_files(PICTURES / "tally-sheet.jpg")
        secretary.press("存好，算签了字")
        secretary.sees("签好字的记录存好了", inside="body")
        self.look(secretary, "count-signed")

    def post_preliminary(self) -> None:
        secretary = self.secretary
        secretary.follow("公示初步结果")
        self.hang_out(secretary, "preliminary")
        secretary.press("贴出公示")
        secretary.sees("这是初步结果，正在公示", "通过")
        self.look(secretary, "result-preliminary-desk")

    def object_to_the_result(self) -> None:
        quiet, secretary = self.quiet, self.secretary
        self.owner.go(self.address)
        self.look(self.owner, "result-preliminary")
        quiet.go(self.address)
        quiet.sees("这是初步结果")
        quiet.follow("提异议")
        quiet.write("您的异议和理由", OBJECTION)
        quiet.press("提出异议")
        quiet.sees(OBJECTION)
        self.portal.wait_until(self.day(53, 9))
        secretary.go("/desk")
        secretary.follow("去答复")
        secretary.tick("不成立")
        secretary.write("正式答复", ANSWER)
        secretary.press("公开答复")
        secretary.sees(ANSWER, "不成立")
        self.look(secretary, "objections-answered")

    def certify(self) -> None:
        secretary = self.secretary
        self.portal.wait_until(self.day(61, 9))
        secretary.go(f"{self.address}/certification")
        self.hang_out(secretary, "certification")
        secretary.press("公布")
        secretary.sees("表决结果证明", QUESTION)
        self.look(secretary, "certificate")
        for name, words in (("result", "表决结果"), ("certificate", "计票文件SHA-256")):
            assert words in self.pdf(secretary, f"{name}?format=pdf")
            secretary.go(f"{self.address}/prints/{name}")
            self.look(secretary, f"print-{name}")

    def archive(self) -> None:
        secretary, owner = self.secretary, self.owner
        secretary.go(f"{self.address}/result")
        self.look(secretary, "result-desk")
        secretary.press("归档")
        secretary.sees("材料归档了", inside="body")
        owner.go(self.address)
        self.look(owner, "result")
        owner.write("回执码", self.receipt)
        owner.press("核对")
        owner.sees("您的票在清单里", "计入", inside="#check")
        self.look(owner, "result-checked")
        owner.follow("看全部回执码")
        owner.sees(self.receipt, self.quiet_receipt)
        self.look(owner, "receipts")

    # ---- counted again -----------------------------------------------------------------------------

    def count_again(self, folder: Path) -> dict[str, Any]:
        """The count file by the portal's own command and by the bundled program on a bare Python; what both say."""
        secretary = self.secretary
        secretary.go(f"{self.address}/certificate")
        shown = secretary.one("main").inner_text()
        body = secretary.page.request.get(f"{self.address}/count.json").body()
        assert hashlib.sha256(body).hexdigest() in "".join(shown.split())
        file = folder / "count.json"
        file.write_bytes(body)
        here = run(self.portal.app, "recount", str(file))
        pack = zipfile.ZipFile(io.BytesIO(secretary.page.request.get(f"{self.address}/evidence.zip").body()))
        program = next(name for name in pack.namelist() if name.endswith("recount.pyz"))
        (folder / "recount.pyz").write_bytes(pack.read(program))
        bare = [sys.executable, "-I", "-S", str(folder / "recount.pyz"), str(file)]
        there = subprocess.run(bare, capture_output=True, text=True, check=True, timeout=60)
        assert there.stdout == here
        said: dict[str, Any] = json.loads(here)
        return said
