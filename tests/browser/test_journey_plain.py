"""The same loop with JavaScript switched off: plain forms, links and pages."""

from collections.abc import Callable
from functools import partial

from tests.browser.loop import Loop
from tests.browser.people import Person
from tests.browser.serving import Portal
from tests.browser.table import DECISION, TITLE


def test_the_loop_without_javascript(arrive: Callable[..., Person], portal: Portal) -> None:
    quiet = partial(arrive, java_script_enabled=False)
    loop = Loop(quiet, portal, lambda person, _name: None, scripts=False)
    loop.whole()
    told = loop.told()
    assert "提出议题" in told[0]
    assert "办好了，请大家评价" in told[-1]
    loop.author.go("/topics")
    loop.author.sees(TITLE)
    loop.author.go("/decisions")
    loop.author.sees(DECISION)


def test_large_text_and_language_are_plain_forms(arrive: Callable[..., Person]) -> None:
    wang = arrive("wang-xiulan", java_script_enabled=False)
    wang.one("#text-large").check(force=True)
    wang.press("保存大字设置", inside=".prefs")
    assert wang.one("html").get_attribute("data-text") == "large"
    wang.press("English", inside=".foot")
    assert wang.one("html").get_attribute("lang") == "en"


def test_a_form_that_comes_back_says_where_to_mend(arrive: Callable[..., Person]) -> None:
    li = arrive("li-min", java_script_enabled=False)
    li.go("/topics/new")
    li.one("#topic_form").evaluate("form => { form.noValidate = true; }")
    li.write("说说情况，您希望怎么办", "写了一半。")
    li.press("提出议题")
    li.sees("还有 1 处要改", "请写一句话")
    assert li.control("说说情况，您希望怎么办").input_value() == "写了一半。"
