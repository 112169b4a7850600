"""The filters of the look: what they say, and that they escape."""

import datetime as dt
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from portal.core.leaves import leaves
from portal.core.leaves_figures import fill, nums, share
from portal.core.leaves_text import excerpt, headed, masked, masked_phone, prose
from portal.core.leaves_time import sla_state, used_percent

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 6, 16, 9, 20, tzinfo=SHANGHAI)
ENGLISH = {
    "还剩 %(time)s": "%(time)s left",
    "%(d)s 天": "%(d)s d",
    "今天 %(time)s": "today %(time)s",
    "%(date)s（%(weekday)s）%(time)s": "%(weekday)s %(date)s %(time)s",
    "物业": "Property manager",
    "%(n)s 元": "¥%(n)s",
}
ZH = leaves("zh", lambda text: text)
EN = leaves("en", lambda text: ENGLISH.get(text, text))
EVIL = '<b onclick="x">'


def in_hours(hours: float) -> dt.datetime:
    return NOW + dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("due", "start", "state"),
    [
        (None, None, "none"),
        (in_hours(48), None, "ok"),
        (in_hours(24), None, "soon"),
        (in_hours(21), in_hours(-3), "ok"),  # a 24-hour duty is not urgent from its first minute
        (in_hours(6), in_hours(-18), "soon"),
        (in_hours(0), None, "soon"),  # the last second still belongs to the term
        (in_hours(-0.01), None, "over"),
    ],
)
def test_sla_state(due: dt.datetime | None, start: dt.datetime | None, state: str) -> None:
    assert sla_state(due, NOW, start) == state


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (58, "还剩 2 天"),
        (47, "还剩 1 天"),
        (6.2, "还剩 6 小时"),
        (0.5, "还剩 30 分钟"),
        (0.001, "还剩 1 分钟"),
        (-9, "超时 9 小时"),
        (-26, "超时 1 天"),
    ],
)
def test_clock_words(hours: float, words: str) -> None:
    assert words in ZH["clock"](in_hours(hours), NOW).replace("\u00a0", " ")


def test_clock_draws_state_and_party() -> None:
    drawn = ZH["clock"](in_hours(-25), NOW, None, "商户")
    assert 'data-sla="over"' in drawn
    assert "triangle-alert" in drawn
    assert "商户超时" in drawn
    assert "Posting 2\u00a0d left" in EN["clock"](in_hours(48), NOW, None, "Posting")
    assert "不限时" in ZH["clock"](None, NOW)


def test_left_has_two_units_and_english() -> None:
    assert ZH["left"](in_hours(6.2), NOW).replace("\u00a0", " ") == "还剩 6 小时 12 分"
    assert ZH["left"](in_hours(82), NOW).replace("\u00a0", " ") == "还剩 3 天 10 小时"
    assert EN["left"](in_hours(48), NOW).replace("\u00a0", " ") == "2 d left"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ((2026, 6, 16, 15, 32), "今天 15:32"),
        ((2026, 6, 15, 9, 5), "昨天 9:05"),
        ((2026, 6, 17, 8, 0), "明天 8:00"),
        ((2026, 6, 19, 20, 0), "6月19日（周五）20:00"),
        ((2025, 12, 31, 0, 0), "2025年12月31日（周三）0:00"),
    ],
)
def test_when(moment: tuple[int, int, int, int, int], words: str) -> None:
    assert f">{words}</time>" in ZH["when"](dt.datetime(*moment, tzinfo=SHANGHAI), NOW)


def test_when_moves_other_zones_to_the_clock_on_the_wall() -> None:
    late = dt.datetime(2026, 6, 15, 16, 30, tzinfo=dt.UTC)
    drawn = ZH["when"](late, NOW)
    assert "今天 0:30" in drawn
    assert 'datetime="2026-06-16T00:30+08:00"' in drawn


def test_dates_for_paper_carry_the_year_on_their_own_day() -> None:
    """A sheet on a door is read on other days than it was printed."""
    moment = dt.datetime(2026, 6, 16, 1, 20, tzinfo=dt.UTC)
    assert ">2026年6月16日（周二）9:20</time>" in ZH["dated"](moment, NOW)
    assert ">Tue Jun 16, 2026 9:20</time>" in EN["dated"](moment, NOW)
    assert ZH["dated"](None, NOW) == ""


def test_an_end_at_midnight_is_said_as_the_end_of_its_day() -> None:
    """The 2nd at 0:00 is over when the 1st is: a posting until then is read as one until the 1st, 24:00."""
    end = dt.datetime(2026, 7, 2, tzinfo=SHANGHAI)
    assert ">7月1日（周三）24:00</time>" in ZH["until"](end, NOW)
    assert 'datetime="2026-07-02T00:00+08:00"' in ZH["until"](end, NOW)
    assert ">2026年7月1日（周三）24:00</time>" in ZH["until"](end, NOW, full=True)
    assert ">今天 24:00</time>" in ZH["until"](dt.datetime(2026, 6, 17, tzinfo=SHANGHAI), NOW)
    assert ">6月19日（周五）20:00</time>" in ZH["until"](dt.datetime(2026, 6, 19, 20, tzinfo=SHANGHAI), NOW)
    assert ZH["until"](None, NOW) == ""


def test_days_and_english_dates() -> None:
    assert ">6月12日<" in ZH["day"](dt.date(2026, 6, 12), NOW)
    assert ">2026年6月12日<" in ZH["day"](dt.date(2026, 6, 12))
    assert ">6月12日（周五）<" in ZH["day"](dt.date(2026, 6, 12), NOW, True)
    assert ">Fri Jun 19 20:00<" in EN["when"](dt.datetime(2026, 6, 19, 20, tzinfo=SHANGHAI), NOW)
    assert ZH["when"](None, NOW) == ZH["day"](None) == ""
    assert ZH["span"](dt.date(2026, 6, 12), dt.date(2026, 6, 18), NOW).striptags() == "6月12日—6月18日"
    midnight = NOW.replace(month=6, day=19, hour=0, minute=0, second=0, microsecond=0)
    assert ZH["span"](dt.date(2026, 6, 12), midnight, NOW).striptags() == "6月12日—6月18日"


def test_used_percent_is_full_only_when_time_is_up() -> None:
    assert used_percent(in_hours(6), NOW, in_hours(-18)) == 75
    assert used_percent(in_hours(0.01), NOW, in_hours(-24)) == 99
    assert used_percent(in_hours(-1), NOW, in_hours(-24)) == 100
    assert used_percent(NOW, NOW, NOW) == 100


@pytest.mark.parametrize(
    ("fen", "style", "text"),
    [
        (18_640_000, "wan", "18.64 万元"),
        (24_500_000, "wan", "24.5 万元"),
        (19_860_000, "yuan", "198,600 元"),
        (14_034, "yuan", "140.34 元"),
        (19_860_000, "fen", "198,600.00 元"),
        (-5_005, "yuan", "−50.05 元"),
        (0, "yuan", "0 元"),
    ],
)
def test_money(fen: int, style: str, text: str) -> None:
    assert ZH["money"](fen, style).striptags().replace("\u00a0", " ") == text


def test_money_in_english_knows_no_wan() -> None:
    assert EN["money"](18_640_000, "wan").striptags() == "¥186,400"


def test_area_and_plain_figures() -> None:
    assert ZH["area"](11_863_240) == '<span class="nowrap">118,632.40㎡</span>'
    assert ZH["num"](1246) == "1,246"
    assert ZH["size"](86 * 1024).replace("\u00a0", " ") == "86 KB"
    assert ZH["size"](2_202_010).replace("\u00a0", " ") == "2.1 MB"


def test_share_never_lifts_a_missed_gate_onto_its_mark() -> None:
    assert share(726, 934) == "77.73%"
    assert share(200_000 - 1, 400_000, Fraction(1, 2)) == "49.99%"
    assert share(200_000 - 1, 400_000) == "50.00%"
    assert share(0, 0) == "0.00%"
    assert (fill(6666, 10_000), fill(6667, 10_000, True), fill(5, 0), fill(7, 5)) == (66, 67, 0, 100)


def test_rate_carries_its_fraction() -> None:
    assert ZH["rate"](212, 226) == ("94", "%", "226\u00a0次里\u00a0212\u00a0次")
    assert ZH["rate"](999, 1000)[0] == "99"
    assert ZH["rate"](1, 1000)[0] == "1"
    assert ZH["rate"](0, 0) == ("—", "", "还没有")


def test_nums_keep_figures_together() -> None:
    kept = nums("停梯 18 天，6月19日（周五）20:00 前，12栋2单元601室 89.32㎡ <b>")
    assert "18\u00a0天" in kept
    assert '<span class="nowrap">6月19日（周五）20:00</span>' in kept
    assert '<span class="nowrap">12栋2单元601室</span>' in kept
    assert '<span class="nowrap">89.32㎡</span>' in kept
    assert "&lt;b&gt;" in kept


def test_nums_leave_the_attributes_of_markup_alone() -> None:
    markup = ZH["when"](dt.datetime(2026, 6, 19, 20, tzinfo=SHANGHAI), NOW)
    assert 'datetime="2026-06-19T20:00+08:00"' in nums(markup)


@pytest.mark.parametrize(
    "drawn",
    [
        ZH["icon"](EVIL, EVIL),
        ZH["party"]("property", EVIL),
        ZH["party"](EVIL),
        ZH["avatar"](EVIL, EVIL, EVIL),
        ZH["plate"](EVIL),
        ZH["tag"](EVIL, EVIL, EVIL),
        ZH["clock"](None, NOW, None, EVIL),
        nums(EVIL),
        prose(EVIL),
    ],
)
def test_every_leaf_escapes(drawn: str) -> None:
    soup = BeautifulSoup(drawn, "html.parser")
    assert soup.find("b") is None
    assert soup.find(onclick=True) is None


def test_party_and_avatar() -> None:
    assert ZH["party"]("property") == ZH["party"]("property", "物业")
    assert "Property manager" in EN["party"]("property")
    assert 'data-party="other"' in ZH["party"]("nobody we know")
    assert ">王<svg" in ZH["avatar"]("王秀兰", "resident", "avatar--sm")
    assert ZH["avatar"]("  ").count("？") == 1
    assert ZH["plate"]("") == ""


@pytest.mark.parametrize(
    ("source", "absent"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[点](javascript:alert(1))", "<a "),
        ("![看](https://example.org/x.png)", "<img"),
        ('<a hx-get="/x" id="flash">点</a>', "<a "),
        ("[点](data:text/html,x)", "<a "),
        ("# 大标题", "<h1"),
    ],
)
def test_prose_leaves_nothing_that_acts(source: str, absent: str) -> None:
    assert absent not in prose(source)


def test_prose_keeps_what_is_meant() -> None:
    drawn = prose("第一行\n第二行 **要紧**\n\n- 一\n- 二\n\n# 标题\n\n<https://example.org>")
    kept = ("<br>", "<strong>要紧</strong>", "<li>二</li>", "<h3>标题</h3>", "nofollow ugc", "hx-ignore")
    for piece in kept:
        assert piece in drawn


def test_excerpt_is_plain_and_short() -> None:
    assert excerpt("**甲方案**可以\n\n但要先 <b>写</b> & 签") == "甲方案可以 但要先 <b>写</b> & 签"
    assert excerpt("一二三四五六，七八", 8) == "一二三四五六…"
    assert excerpt("") == ""


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张*"), ("王秀兰", "王**"), ("欧阳明", "欧阳*"), ("Anna", "A**"), ("", "")]
)
def test_masked(name: str, shown: str) -> None:
    assert masked(name) == shown


def test_masked_phone() -> None:
    assert masked_phone("199 0000 0001") == "199****0001"
    assert masked_phone("+86 19900000001") == "86199****0001"
    assert masked_phone("110") == "****10"
    assert masked_phone("") == ""


def test_constants_are_folded_into_the_template() -> None:
    environment = Environment(loader=DictLoader({"t": "{{ 'bell'|icon }}"}), autoescape=True)
    environment.filters.update(ZH)
    source = environment.compile("{{ 'bell'|icon }}", raw=True)
    assert "i-bell" in source


def test_a_title_breaks_between_words_and_leaves_no_single_sign() -> None:
    assert headed("八号楼前的绿地，按哪个方案修？") == "八号楼前的绿地，按哪个方案修？"
    assert headed("老锅炉房改成什么，请您按喜欢的先后排一排") == "老锅炉房改成什么，请您按喜欢的先后排一排"
    assert headed("公共收益监督小组选三个人，请排先后") == "公共收益监督小组<wbr>选三个人，请排先后"
    unknown = headed("东府嘉和南门北门西门东门快递货架")
    assert unknown.startswith("东府嘉<wbr>和<wbr>")
    assert unknown.endswith("<wbr>递货架")
    assert "17号楼" in headed("东府嘉和小区北门外17号楼屋面")
    assert headed(EVIL) == "&lt;b onclick=&#34;x&#34;&gt;"
    assert headed(Markup("<b>公共收益监督小组选三个人</b>")) == "<b>公共收益监督小组选三个人</b>"
