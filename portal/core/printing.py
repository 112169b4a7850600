"""Paper: a page of HTML as a PDF, by WeasyPrint.

WeasyPrint draws with Pango, which comes from the system; so does the font that has Chinese. Where one of them is
missing, the reader is told what to install, and no page of empty boxes leaves the portal.
"""

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

from .errors import Refusal
from .text import N_, _

SHEET = Path(__file__).parents[2] / "static" / "css" / "sheets.css"
"""The style of everything that is printed, for browsers and for WeasyPrint alike."""
NO_PANGO = N_("这台服务器还做不了 PDF：没有 Pango。请管理员安装 libpangoft2-1.0-0；现在可以用网页打印。")
NO_FONT = N_("这台服务器还做不了 PDF：没有中文字体。请管理员安装 fonts-noto-cjk；现在可以用网页打印。")


class CannotPrint(Refusal):
    """The server lacks what a PDF needs (501); the sentence says what to install."""

    status = 501


def pdf(html: str) -> bytes:
    """A whole page of HTML as an A4 file. Pictures must be in the page itself (data addresses): nothing is fetched,
    neither from the disk nor from the net, whatever the text asks for. Raises CannotPrint."""
    draw = _weasyprint()
    own = draw.urls.URLFetcher(allowed_protocols={"data"})
    return bytes(draw.HTML(string=html, url_fetcher=own).write_pdf(stylesheets=[_sheet()]))


@cache
def _weasyprint() -> Any:
    """Imported when the first paper is printed: it costs a second, and a portal without Pango must still start."""
    try:
        import weasyprint
    except OSError:
        raise CannotPrint(_(NO_PANGO)) from None
    if not has_chinese_font():
        raise CannotPrint(_(NO_FONT))
    return weasyprint


@cache
def _sheet() -> Any:
    draw = _weasyprint()
    return draw.CSS(string=SHEET.read_text("utf-8"))


def has_chinese_font() -> bool:
    """Whether fontconfig, which Pango asks for its fonts, knows one that covers simplified Chinese."""
    try:
        found = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return False
    found.FcNameParse.restype = found.FcObjectSetBuild.restype = ctypes.c_void_p
    found.FcFontList.restype = ctypes.POINTER(_FontSet)
    wanted = found.FcNameParse(b":lang=zh-cn")
    family = found.FcObjectSetBuild(b"family", None)
    fonts = found.FcFontList(None, ctypes.c_void_p(wanted), ctypes.c_void_p(family))
    return bool(fonts) and fonts.contents.count > 0


class _FontSet(ctypes.Structure):
    _fields_ = (("count", ctypes.c_int), ("room", ctypes.c_int), ("fonts", ctypes.c_void_p))
