"""A budget poll on phones: prepared, spent with the money left in sight, closed, and counted by anybody."""

from collections.abc import Callable

from playwright.sync_api import expect

from portal.core import clock
from portal.voting.counting import recount
from tests.browser.people import Person
from tests.browser.serving import Portal
from tests.demo.instance import DAY

Arrive = Callable[..., Person]
QUESTION = "今年的五万元微更新经费"
LIGHTS, RAILS, AED = "八、九号楼门口感应灯", "五个老单元加装楼梯扶手", "南门岗亭放一台急救除颤仪"
BIKES, BENCH = "自行车棚补顶加打气桩", "花坛边沿改成坐凳"


def to_the_poll(person: Person) -> str:
    person.go("/polls")
    person.follow(QUESTION)
    person.sees("选您支持的项目，一共有 50,000 元")
    return person.path()


def left(person: Person, words: str) -> None:
    """What the paper says of the money, once the script that counts it is there."""
    expect(person.one("[data-said]")).to_have_text(words)


def cast(person: Person) -> str:
    """From the second look to the receipt; returns its code."""
    person.press("投出")
    person.sees("票已投出")
    return person.one("#receipt .code").inner_text().strip()


def test_the_money_left_follows_every_tick(arrive: Arrive) -> None:
    bai = arrive("bai-guodong")
    address = to_the_poll(bai)
    left(bai, "已选 0 项，还剩 50,000 元")
    bai.check(LIGHTS, RAILS)
    left(bai, "已选 2 项，还剩 31,000 元")
    bai.check("弃权")
    left(bai, "已选 0 项，还剩 50,000 元")
    bai.check(LIGHTS, RAILS, AED, BIKES)
    expect(bai.page.get_by_role("checkbox", name="弃权")).not_to_be_checked()
    left(bai, "已选 4 项，还剩 5,000 元")
    bai.check(BENCH)
    left(bai, "已选 5 项，超出 1,800 元")
    bai.is_fine()
    bai.press("看一遍再投出")
    bai.sees("超出总数 1800 元")
    left(bai, "已选 5 项，超出 1,800 元")
    bai.is_fine()
    bai.page.get_by_role("checkbox", name=BENCH).uncheck()
    bai.press("看一遍再投出")
    bai.sees("再看一遍", LIGHTS, "合计 4 项", "45,000", "还剩", "5,000")
    bai.is_fine()
    cast(bai)
    bai.is_fine()
    bai.go(address)
    bai.sees("您已经投票")


def test_without_scripts_it_is_the_same_paper_and_the_result_is_anybodys(
    arrive: Arrive, portal: Portal
) -> None:
    gao = arrive("gao-yuxin", java_script_enabled=False)
    address = to_the_poll(gao)
    left(gao, "一共 50,000 元，还一项没选")
    gao.check(LIGHTS, RAILS, AED, BIKES, BENCH)
    gao.press("看一遍再投出")
    gao.sees("超出总数 1800 元")
    left(gao, "已选 5 项，超出 1,800 元")
    gao.page.get_by_role("checkbox", name=BENCH).uncheck()
    gao.press("看一遍再投出")
    gao.sees("再看一遍", "合计 4 项", "45,000")
    code = cast(gao)

    portal.wait_until(clock.at(DAY, 20).replace(day=DAY.day + 4))
    visitor = arrive()
    visitor.go(address)
    visitor.sees(LIGHTS, RAILS, "等书记核定")
    visitor.is_fine()
    visitor.write("回执码", code)
    visitor.press("核对")
    visitor.sees("计入了", inside="#check")
    counted = visitor.page.request.get(f"{address}/count.json").json()
    assert recount(counted) == counted["expected"]
    assert counted["method"] == "pb_mes"
    assert LIGHTS in counted["expected"]["winners"]
    secretary = arrive("feng-xiaoxia")
    secretary.go(address)
    secretary.follow("去核定")
    secretary.tick("按结果定下来")
    secretary.press("核定")
    secretary.sees("按结果定下来", LIGHTS)


def test_the_secretary_prepares_one(arrive: Arrive) -> None:
    """Only the fields of what was chosen are in sight; a cost that is missing is asked for beside its project."""
    secretary = arrive("feng-xiaoxia")
    secretary.go("/topics?stop=deliberate")
    secretary.follow("夜里消防通道停满车")
    secretary.follow("发起表态", inside="#next")
    total, seats = secretary.page.get_by_label("一共有多少钱"), secretary.page.get_by_label("选出几个")
    expect(total).to_be_hidden()
    expect(seats).to_be_hidden()
    secretary.tick("选几个人，转移票（苏格兰规则）")
    expect(seats).to_be_visible()
    secretary.tick("分一笔钱，每人一份")
    expect(total).to_be_visible()
    expect(seats).to_be_hidden()
    secretary.is_fine()
    secretary.write("要大家定什么", "消防通道的三千元先用在哪几件事上？")
    secretary.write("一共有多少钱", "3,000")
    for number, (title, cost) in enumerate((("画黄线", "1200"), ("加两块禁停牌", "")), start=1):
        secretary.write(f"第 {number} 个选项", title)
        secretary.write(f"第 {number} 个要多少钱", cost)
    for number in (3, 4):
        secretary.write(f"第 {number} 个选项", "")
    secretary.press("看样票")
    secretary.sees("请写“加两块禁停牌”要多少钱")
    expect(secretary.page.get_by_label("第 2 个要多少钱")).to_have_attribute("aria-invalid", "true")
    secretary.is_fine()
    secretary.write("第 2 个要多少钱", "900.50")
    secretary.press("看样票")
    secretary.sees("样票", "画黄线", "1,200", "900.50", "怎么算")
    secretary.is_fine()
