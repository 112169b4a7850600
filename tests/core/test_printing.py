"""Paper: what a PDF holds, what it never fetches, what is said where it cannot be made; nobody waits for it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, Response
from pypdf import PdfReader

from portal.core import clock, printing
from portal.core.actor import system
from portal.core.errors import TooMany, Underway
from portal.core.failures import refused
from portal.core.press import draw
from portal.core.printing import CannotPrint
from tests.conftest import rolled_back

PAGE = "<!doctype html><html lang='zh-CN'><title>公告</title><body class='sheet'><p>%s</p></body></html>"
SHEET = printing.SHEET.read_text("utf-8")


def words(made: bytes) -> str:
    """The text of a PDF, as a search in it finds it."""
    return "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def test_a_page_is_a_pdf_with_chinese_words_in_a_font_of_its_own() -> None:
    made = draw(PAGE % "更换电梯的表决", SHEET)
    assert made.startswith(b"%PDF-")
    assert "更换电梯的表决" in words(made)
    (font,) = PdfReader(BytesIO(made)).pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    inner = font.get_object()["/DescendantFonts"][0].get_object()
    assert "CJK" in inner["/BaseFont"]
    assert "/FontFile3" in inner["/FontDescriptor"].get_object()


def test_the_same_page_is_the_same_file() -> None:
    assert draw(PAGE % "一样", SHEET) == draw(PAGE % "一样", SHEET)


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "/etc/hostname"])
def test_nothing_is_fetched(address: str) -> None:
    secret = Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").exists() else "no such file"
    link = f"<a href='{address}' rel=attachment>x</a><link rel=attachment href='{address}'>"
    made = draw(PAGE % f"<img src='{address}' alt='没有图'>{link}", SHEET)
    assert b"EmbeddedFile" not in made
    assert secret not in words(made)


@pytest.fixture
def here(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A request of a visitor, in a portal that has printed nothing yet and whose workers do not wait."""
    monkeypatch.setitem(app.config, "INSTANCE", str(tmp_path))
    monkeypatch.setitem(app.config, "PRINT_WAIT", 0)
    with app.test_request_context("/"):
        yield tmp_path / "prints"


def _finished() -> None:
    for press in printing._last:
        press.wait()


def test_nobody_waits_in_a_worker_and_the_paper_is_there_when_it_is_asked_for_again(here: Path) -> None:
    with pytest.raises(Underway) as mine:
        printing.pdf(PAGE % "甲")
    assert "正在生成，" in str(mine.value)
    assert printing._last[0].poll() is None, "the paper is still in the press"
    with pytest.raises(Underway) as another:
        printing.pdf(PAGE % "乙")
    assert "另一份" in str(another.value)
    _finished()
    made = printing.pdf(PAGE % "甲")
    assert "甲" in words(made)
    assert printing.pdf(PAGE % "甲") == made
    assert len(list(here.glob("*.pdf"))) == 1


def test_what_takes_too_long_is_ended_and_not_tried_again_at_once(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "SECONDS", 0.01)
    with pytest.raises(Underway):
        printing.pdf(PAGE % "长")
    _finished()
    with pytest.raises(CannotPrint, match="按楼栋"):
        printing.pdf(PAGE % "长")
    monkeypatch.setattr(printing, "TRIED", timedelta(days=-9999))
    with pytest.raises(Underway):
        printing.pdf(PAGE % "长")
    _finished()


def test_it_gets_so_much_memory_and_no_more(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "MEMORY", 64 * 1024 * 1024)
    with pytest.raises(Underway):
        printing.pdf(PAGE % "大")
    _finished()
    assert printing._last[0].returncode
    with pytest.raises(CannotPrint):
        printing.pdf(PAGE % "大")


def test_one_person_has_so_many_papers_drawn_and_those_on_the_disk_do_not_count(
    here: Path, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MOST", 1)
    monkeypatch.setitem(app.config, "PRINT_WAIT", 100)
    for _time in range(3):
        printing.pdf(PAGE % "甲")
    with pytest.raises(TooMany):
        printing.pdf(PAGE % "乙")
    assert printing.pdf(PAGE % "甲")
    with pytest.raises(TooMany):
        printing.pdf(PAGE % "乙")


def test_papers_are_cleared_away_after_a_week(
    here: Path, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PRINT_WAIT", 100)
    printing.pdf(PAGE % "甲")
    (made,) = here.glob("*.pdf")
    for age, left in ((timedelta(days=6), True), (timedelta(days=8), False)):
        at = (clock.now() - age).timestamp()
        os.utime(made, (at, at))
        assert printing.forget(system()) == (not left)
        assert made.exists() is left


def test_the_reply_is_a_page_that_asks_again_without_a_script(application: Flask) -> None:
    with rolled_back(application), application.test_request_context("/x"):
        reply = refused(Underway("正在生成", 2, "/x?begun=1"))
    assert isinstance(reply, Response)
    assert (reply.status_code, reply.headers["Retry-After"]) == (202, "2")
    assert '<meta http-equiv="refresh" content="2; url=/x?begun=1">' in reply.get_data(as_text=True)


def _without(tmp_path: Path, program: str) -> str:
    """What a process says that has no font at all."""
    empty = tmp_path / "fonts.conf"
    empty.write_text("<?xml version='1.0'?><fontconfig></fontconfig>")
    env = {**os.environ, "FONTCONFIG_FILE": str(empty), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, check=True, text=True, encoding="utf-8"
    ).stdout


def test_without_a_chinese_font_it_is_said_which_one_to_install(tmp_path: Path) -> None:
    program = (
        "from portal.core.printing import CannotPrint, pdf\n"
        "try:\n    pdf('<p>字</p>')\nexcept CannotPrint as refusal:\n    print(refusal.status, refusal)\n"
    )
    said = _without(tmp_path, program)
    assert said.startswith("501 ")
    assert "fonts-noto-cjk" in said


def test_this_machine_has_a_font() -> None:
    assert printing.has_chinese_font()
