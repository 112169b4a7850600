"""What the few scripts do: flips, alerts, toasts, dialogs, photos, counts. Each form works without them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.loop import Loop
from tests.browser.people import PICTURES, Person
from tests.browser.serving import Portal

WORDS = "第一句还没写完，网就断了。"


@pytest.fixture
def talk(arrive: Callable[..., Person], portal: Portal) -> Person:
    """A resident on the page of a topic that is talked about, where somebody else has spoken."""
    person = arrive("zhao-qiang")
    person.go("/topics?stop=deliberate")
    addresses = person.one("#topic_list h3 a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    for address in addresses:
        person.go(address)
        if person.one("button[id^=agree-]").count():
            return person
    raise AssertionError("the demo has no topic with a comment to agree with")


def lost(route: Route) -> None:
    route.abort("internetdisconnected")


def test_an_agreement_flips_before_the_reply_comes(talk: Person) -> None:
    button = talk.one("button[id^=agree-]").first
    held: list[Route] = []
    talk.page.route("**/agreement", lambda route: held.append(route))
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    (waiting,) = held
    with talk.page.expect_response("**/agreement*"):
        waiting.continue_()
    talk.page.unroute("**/agreement")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_an_agreement_that_is_lost_flips_back_and_says_so(talk: Person) -> None:
    button = talk.one("button[id^=agree-]").first
    was = button.get_attribute("aria-pressed") or ""
    talk.page.route("**/agreement", lost)
    button.click()
    expect(talk.one("#alerts #alert-lost")).to_contain_text("没有提交成功")
    expect(button).to_have_attribute("aria-pressed", was)
    assert all("ERR_INTERNET_DISCONNECTED" in said or "fetch" in said for said in talk.complaints)


def test_a_lost_network_keeps_the_words_and_the_alert_stands_by_the_form(talk: Person) -> None:
    talk.page.route("**/comments", lost)
    talk.write("说说您的想法", WORDS, inside="#comment_form")
    talk.press("发表", inside="#comment_form")
    alert = talk.one("#comment_form #alert-lost")
    expect(alert).to_contain_text("您写的内容还在")
    expect(alert).to_be_focused()
    expect(talk.one("#comment_body")).to_have_value(WORDS)
    talk.page.unroute("**/comments")
    talk.press("发表", inside="#comment_form")
    talk.sees(WORDS, inside="#discussion")
    expect(talk.one("#alert-lost")).to_have_count(0)


def test_a_request_that_takes_too_long_warns_against_doing_it_twice(talk: Person) -> None:
    """The page's own timer runs on the page's clock, which the test moves on."""
    talk.page.clock.install()
    talk.go(talk.path())
    talk.page.route("**/comments", lambda route: None)
    talk.write("说说您的想法", WORDS, inside="#comment_form")
    talk.press("发表", inside="#comment_form")
    talk.page.clock.fast_forward(1_000)
    expect(talk.one("#comment_send")).to_have_attribute("aria-busy", "true")
    expect(talk.one("#comment_send")).to_have_text("正在提交")
    talk.page.clock.fast_forward(10 * 60_000)
    expect(talk.one("#comment_form #alert-lost")).to_contain_text("先别重复提交")
    expect(talk.one("#comment_body")).to_have_value(WORDS)
    expect(talk.one("#comment_send")).not_to_have_attribute("aria-busy", "true")


def test_characters_are_counted(talk: Person) -> None:
    talk.write("说说您的想法", "五个字而已", inside="#comment_form")
    talk.sees("5 / 500 字", inside="#comment_body-count")
    talk.write("说说您的想法", "", inside="#comment_form")
    talk.sees("最多 500 字", inside="#comment_body-count")


def test_a_dialog_asks_before_what_cannot_be_taken_back(
    arrive: Callable[..., Person], portal: Portal
) -> None:
    li = arrive("li-min")
    loop = object.__new__(Loop)
    loop.portal, loop.scripts, loop.author, loop.look = portal, True, li, lambda person, _name: None
    loop.raise_topic()
    li.follow("撤回议题", inside="#next")
    dialog = li.one("dialog#withdraw")
    expect(dialog).to_be_visible()
    li.is_fine()
    dialog.get_by_role("link", name="不撤回").click()
    expect(dialog).to_be_hidden()
    li.follow("撤回议题", inside="#next")
    li.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(li.one("#withdraw-open")).to_be_focused()
    li.follow("撤回议题", inside="#next")
    li.press("撤回议题", inside="dialog#withdraw")
    li.sees("提出人已撤回", inside="#progress")


def test_photos_are_shown_added_up_and_taken_out(arrive: Callable[..., Person]) -> None:
    li = arrive("li-min")
    li.go("/topics/new")
    field = li.one("[data-photos]")
    album, camera = field.get_by_label("从相册选"), field.get_by_label("拍一张")
    album.set_input_files([PICTURES / "lamp-dark.jpg", PICTURES / "road-before.jpg"])
    camera.set_input_files(PICTURES / "parcels.jpg")
    expect(field.locator("[data-photo] img")).to_have_count(3)
    expect(field.locator("[data-photo] img").first).to_have_js_property("naturalWidth", 1200)
    li.is_fine()
    field.get_by_role("button", name="去掉照片 2").click()
    expect(field.locator("[data-photo] figcaption")).to_have_text(["lamp-dark.jpg", "parcels.jpg"])
    held = field.locator("input[name=photos]").evaluate("input => [...input.files].map(file => file.name)")
    assert held == ["lamp-dark.jpg", "parcels.jpg"]
    album.set_input_files([PICTURES / "parcels.jpg"] * 5)
    expect(field.locator("[data-photo]")).to_have_count(6)
    expect(field.locator("[data-photos-error]")).to_contain_text("最多 6 张")


A_TONE = """
navigator.mediaDevices.getUserMedia = async () => {
  const sound = new AudioContext();
  const [tone, line] = [sound.createOscillator(), sound.createMediaStreamDestination()];
  tone.connect(line);
  tone.start();
  return line.stream;
};
"""
"""A microphone for a browser that has none."""


def test_a_rider_says_it_instead_of_typing(arrive: Callable[..., Person]) -> None:
    """Recorded, refused for something else, still there, sent, heard."""
    sun = arrive("sun-tuanju")
    sun.page.add_init_script(A_TONE)
    sun.go("/topics/new")
    sun.write("一句话说清是什么事", "东门夜里几点关")
    recorder = sun.one("[data-recorder]")
    recorder.get_by_role("button", name="开始录音").click()
    expect(recorder.locator("[data-recorder-time]")).to_contain_text("0:01 /")
    recorder.get_by_role("button", name="停止").click()
    expect(recorder.locator("audio")).to_have_js_property("error", None)
    expect(recorder.get_by_role("status")).to_have_text("录好了，可以先听一遍")
    sun.is_fine()
    sun.one("details.more summary").click()
    cost = sun.one("[name='options-0-cost']")
    cost.fill("很多")
    sun.press("提出议题")
    expect(cost).to_have_attribute("aria-invalid", "true")
    held = recorder.locator("input").evaluate("input => [...input.files].map(file => file.type)")
    assert held == ["audio/webm"]
    cost.fill("")
    sun.press("提出议题")
    heard = sun.one(".voice-note audio")
    heard.evaluate("audio => audio.play()")
    expect(heard).to_have_js_property("error", None)
    sun.sees("还没有写成文字")
    sun.is_fine()


def test_a_recording_that_is_too_big_is_refused_before_it_is_sent(
    arrive: Callable[..., Person], tmp_path: Path
) -> None:
    sun = arrive("sun-tuanju")
    sun.go("/topics/new")
    recorder, big = sun.one("[data-recorder]"), tmp_path / "很长.wav"
    with big.open("wb") as file:
        file.truncate(7 * 1024 * 1024)
    recorder.locator("input").set_input_files(big)
    expect(recorder.get_by_role("alert")).to_contain_text("录音太大（7 MB）")
    assert recorder.locator("input").evaluate("input => input.files.length") == 0


def test_a_photo_that_is_too_big_is_refused_before_it_is_sent(
    arrive: Callable[..., Person], tmp_path: Path
) -> None:
    li = arrive("li-min")
    li.go("/topics/new")
    big = tmp_path / "大照片.jpg"
    with big.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    li.one("[data-photos]").get_by_label("从相册选").set_input_files(big)
    expect(li.one("[data-photos-error]")).to_contain_text("大照片.jpg 太大（21 MB）")
    expect(li.one("[data-photo]")).to_have_count(0)


def test_similar_topics_are_shown_while_the_title_is_written(arrive: Callable[..., Person]) -> None:
    li = arrive("li-min")
    li.go("/topics/new")
    li.one("#title").press_sequentially("木栈道")
    li.sees("木栈道", inside="#similar")


def test_good_news_is_a_toast_that_goes_by_itself(arrive: Callable[..., Person]) -> None:
    """Six seconds of the page's clock; while it is pointed at, it stays."""
    wang = arrive("wang-xiulan")
    wang.page.clock.install()
    wang.go("/me")
    wang.page.evaluate(
        """() => { document.querySelector('.toasts').innerHTML = '<div class="toast" data-toast><p>好了</p></div>';
                   document.dispatchEvent(new CustomEvent('htmx:after:swap', {detail: {ctx: {target: '#flash'}}})); }"""
    )
    toast = wang.one(".toast")
    wang.page.clock.fast_forward(5_000)
    expect(toast).to_be_visible()
    toast.dispatch_event("pointerenter")
    wang.page.clock.fast_forward(10_000)
    expect(toast).to_be_visible()
    toast.dispatch_event("pointerleave")
    wang.page.clock.fast_forward(6_500)
    expect(toast).to_have_count(0)


def test_large_text_is_stored_as_soon_as_it_is_switched(arrive: Callable[..., Person]) -> None:
    jin = arrive("jin-yuanchao")
    jin.go("/topics")
    jin.one(".textswitch").click()
    expect(jin.one("html")).to_have_attribute("data-text", "large")
    jin.go("/")
    expect(jin.one("html")).to_have_attribute("data-text", "large")
    expect(jin.page).to_have_url(re.compile("/$"))


def test_a_form_that_comes_back_takes_the_reader_to_its_faults(arrive: Callable[..., Person]) -> None:
    li = arrive("li-min")
    li.go("/topics/new")
    li.one("#topic_form").evaluate("form => { form.noValidate = true; }")
    li.press("提出议题")
    summary = li.one("#topic_form [role=alert]").first
    expect(summary).to_contain_text("还有 2 处要改")
    expect(summary).to_be_focused()
    li.is_fine()
    summary.get_by_role("link").first.click()
    expect(li.control("一句话说清是什么事")).to_be_focused()
