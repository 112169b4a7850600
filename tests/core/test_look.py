"""The look as files: style sheet, sprite, layouts and components, rendered without the portal around them."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.core.leaves import leaves

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
SECOND_SHEET = "sheets.css"
"""The one sheet beside the portal's: papers on A4, which WeasyPrint draws too, and that knows no layers. Only a page
that shows such a paper loads it (templates/layout/paper.html); in portal.css everybody would carry it."""
NOW = dt.datetime(2026, 6, 16, 9, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
TABS = [("home", "首页", "house", "/"), ("me", "我的", "user-round", "/me")]


def _environment(lang: str) -> Environment:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters.update(leaves(lang, lambda text: text))
    environment.globals.update(
        _=lambda text: text,
        ngettext=lambda one, many, n: (one if n == 1 else many) % {"num": n},
        url_for=lambda endpoint, filename="": f"/static/{filename}",
        get_flashed_messages=lambda with_categories=False: [("info", "报上去了"), ("error", "<b>不行</b>")],
    )
    return environment


def _values(**changed: Any) -> dict[str, Any]:
    actor = {
        "id": 1,
        "name": "王秀兰",
        "party": "resident",
        "lang": "zh",
        "large_text": False,
        "entered_by": None,
        "kin": "",
    }
    request = SimpleNamespace(method="GET", full_path="/components?")
    given = {"nav": "home", "now": NOW, "csrf_token": lambda: "token", "nav_items": TABS, "tab_items": TABS}
    return {**given, "actor": SimpleNamespace(**actor | changed), "request": request}


def _gallery(lang: str = "zh", **changed: Any) -> BeautifulSoup:
    page = _environment(lang).get_template("component_gallery.html").render(_values(lang=lang, **changed))
    return BeautifulSoup(page, "html.parser")


def _sources() -> dict[str, str]:
    files = [TEMPLATES / "component_gallery.html"]
    files += [p for name in ("ui", "layout") for p in (TEMPLATES / name).rglob("*.html")]
    return {str(p.relative_to(ROOT)): p.read_text(encoding="utf-8") for p in files}


def _templates_saying(words: str) -> set[str]:
    return {str(p.relative_to(TEMPLATES)) for p in TEMPLATES.rglob("*.html") if words in p.read_text("utf-8")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_gallery_is_sound_html(lang: str) -> None:
    soup = _gallery(lang)
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert len(soup.find_all("h1")) == 1
    for tied in soup.select("[aria-labelledby]"):
        assert tied["aria-labelledby"] in ids
    for tied in soup.select("[aria-describedby]"):
        assert set(str(tied["aria-describedby"]).split()) <= set(ids)


def test_every_posting_form_carries_the_token() -> None:
    forms = _gallery().select("form[method=post]")
    assert len(forms) > 5
    assert all(form.find("input", attrs={"name": "csrf_token", "value": "token"}) for form in forms)


def test_flash_shows_good_news_as_toast_and_errors_as_alert() -> None:
    flash = _gallery().select_one("#flash")
    assert flash is not None
    assert flash.select_one(".toast p").text == "报上去了"  # type: ignore[union-attr]
    assert flash.select_one(".alert p").text == "<b>不行</b>"  # type: ignore[union-attr]


def test_bar_of_visitor_reader_and_helper() -> None:
    assert _gallery(id=None).select_one('a[href="/sign-in"]')
    assert _gallery().select_one(".me").text == "王王秀兰"  # type: ignore[union-attr]
    assert "代 王** 办理" in _gallery(entered_by=7).select_one(".behalf").text  # type: ignore[union-attr]
    assert _gallery(large_text=True).html["data-text"] == "large"  # type: ignore[index]
    assert _gallery("en").html["lang"] == "en"  # type: ignore[index]


def test_error_page_needs_nothing() -> None:
    page = _environment("zh").get_template("layout/error.html").render()
    assert "这一页现在打不开" in page


def test_a_missed_gate_is_not_drawn_as_reached() -> None:
    bar = _environment("zh").from_string(
        '{% from "ui/tbar.html" import tbar %}{{ tbar("面积", 66666, 100000, "2/3", "须达 2/3", "", "short") }}'
    )
    drawn = BeautifulSoup(bar.render(), "html.parser")
    assert drawn.select_one(".tbar__fill")["data-v"] == "66"  # type: ignore[index]
    assert "没有达到" in drawn.text


@pytest.mark.parametrize(("value", "in_use"), [("", False), ("ahead", False), ("past", True)])
def test_a_list_that_opens_narrowed_is_not_taken_for_one_that_somebody_narrowed(
    value: str, in_use: bool
) -> None:
    select = _environment("zh").from_string(
        '{% from "ui/filters.html" import filter_select %}'
        '{{ filter_select("time", "时候", [("", "全部"), ("ahead", "还没开的"), ("past", "过去的")], value, "ahead") }}'
    )
    drawn = BeautifulSoup(select.render(value=value), "html.parser")
    narrowed = drawn.select(".select:not([data-usual]) > option[selected]:not(:first-child)")
    assert bool(narrowed) is in_use


def test_filled_and_marked_values_have_their_rules() -> None:
    rules = (ROOT / "static/css/values.css").read_text(encoding="utf-8")
    for drawn in _gallery().select("[data-v], [data-t], [data-n]"):
        for name in ("data-v", "data-t", "data-n"):
            if name in drawn.attrs:
                assert f'[{name}="{drawn[name]}"]' in rules


def test_the_style_sheet_is_the_sum_of_its_parts() -> None:
    css = ROOT / "static" / "css"
    parts = (css / "parts.txt").read_text(encoding="utf-8").split()
    joined = "".join((css / part).read_text(encoding="utf-8") for part in parts)
    assert (css / "portal.css").read_text(encoding="utf-8") == joined
    assert {str(p.relative_to(css)) for p in css.rglob("*.css")} - {"portal.css", SECOND_SHEET} == set(parts)


def test_the_second_sheet_is_loaded_by_papers_alone() -> None:
    assert _templates_saying(SECOND_SHEET) == {"layout/paper.html"}
    source = (ROOT / "static/css" / SECOND_SHEET).read_text(encoding="utf-8")
    assert "@layer" not in source
    assert "var(--" not in source


def test_every_table_scrolls_under_the_keys_and_has_a_name() -> None:
    frames = _gallery().select(".table-wrap")
    assert frames
    for frame in frames:
        assert (frame["tabindex"], frame["role"]) == ("0", "group")
        assert frame["aria-label"] == frame.select_one("caption").text  # type: ignore[union-attr]
    assert _templates_saying("table-wrap") == {"ui/table.html"}


def test_every_icon_is_in_the_sprite() -> None:
    known = set(re.findall(r'id="i-([^"]+)"', (ROOT / "static/icons.svg").read_text(encoding="utf-8")))
    used = {str(use["href"]).partition("#i-")[2] for use in _gallery().find_all("use")}
    for source in _sources().values():
        used |= set(re.findall(r"'([a-z0-9-]+)'\s*\|\s*icon", source))
    assert used <= known


def test_templates_obey_the_content_security_policy() -> None:
    for path, source in _sources().items():
        assert not re.search(r"\sstyle\s*=", source), path
        assert not re.search(r"\son[a-z]+\s*=", source), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", source), path
        assert not re.search(r"hx-on|javascript:|[\"']js:", source), path
