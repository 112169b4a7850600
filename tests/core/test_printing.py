"""Paper: what a PDF holds, what it never fetches, and what is said where it cannot be made."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from portal.core import printing
from portal.core.printing import pdf

PAGE = "<!doctype html><html lang='zh-CN'><title>公告</title><body class='sheet'><p>%s</p></body></html>"


def words(made: bytes) -> str:
    """The text of a PDF, as a search in it finds it."""
    return "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def test_a_page_is_a_pdf_with_chinese_words_in_a_font_of_its_own() -> None:
    made = pdf(PAGE % "更换电梯的表决")
    assert made.startswith(b"%PDF-")
    assert "更换电梯的表决" in words(made)
    (font,) = PdfReader(BytesIO(made)).pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    inner = font.get_object()["/DescendantFonts"][0].get_object()
    assert "CJK" in inner["/BaseFont"]
    assert "/FontFile3" in inner["/FontDescriptor"].get_object()


def test_the_same_page_is_the_same_file() -> None:
    assert pdf(PAGE % "一样") == pdf(PAGE % "一样")


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "/etc/hostname"])
def test_nothing_is_fetched(address: str) -> None:
    secret = Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").exists() else "no such file"
    link = f"<a href='{address}' rel=attachment>x</a><link rel=attachment href='{address}'>"
    made = pdf(PAGE % f"<img src='{address}' alt='没有图'>{link}")
    assert b"EmbeddedFile" not in made
    assert secret not in words(made)


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
