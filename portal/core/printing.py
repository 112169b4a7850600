"""Paper: a page of HTML as a PDF, by WeasyPrint.

A long roll takes a quarter of a minute to draw, and a portal has two workers. So a paper is drawn once for its words,
in a process of its own (`press`), one at a time on the machine, and served from the disk afterwards. Nobody waits in a
worker: who asks for a paper that is not there yet gets a page that asks again.

WeasyPrint draws with Pango, which comes from the system; so does the font that has Chinese. Where one of them is
missing, the reader is told what to install, and no page of empty boxes leaves the portal.
"""

import ctypes
import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from flask import current_app, g, request

from . import clock
from .actor import Actor
from .errors import Refusal, Underway
from .limits import limit
from .press import draw
from .text import N_, _

SHEET = Path(__file__).parents[2] / "static" / "css" / "sheets.css"
"""The style of everything that is printed, for browsers and for WeasyPrint alike."""
PRESS = Path(__file__).with_name("press.py")
NO_PANGO = N_("这台服务器还做不了 PDF：没有 Pango。请管理员安装 libpangoft2-1.0-0；现在可以用网页打印。")
NO_FONT = N_("这台服务器还做不了 PDF：没有中文字体。请管理员安装 fonts-noto-cjk；现在可以用网页打印。")
TOO_LONG = N_("这一份太长，服务器没有做成 PDF。请用网页打印，或者按楼栋分开下载。")
OURS = N_("这份文件正在生成，好了会自动下载。下载开始以后，就可以回到上一页。")
THEIRS = N_("服务器正在生成另一份文件，做完就轮到这一份，好了会自动下载。")
SECONDS, MEMORY = 300.0, 1024 * 1024 * 1024
"""What drawing one paper may take. The longest roll page of ours takes 20 seconds and 230 MB,
many times that while everybody else is served first."""
MOST, WINDOW = 30, 600
"""Papers that one person (a visitor: one address) may have drawn in ten minutes; those on the disk do not count."""
KEPT, TRIED = timedelta(days=7), timedelta(minutes=10)
"""How long a paper stays on the disk; for how long nobody tries again what could not be drawn."""
AGAIN = 2
"""Seconds until a reader's page asks again."""

_last: list["subprocess.Popen[bytes]"] = []
"""The press this process started last, to be asked for its end before the next one begins."""


class CannotPrint(Refusal):
    """The server lacks what a PDF needs (501); the sentence says what to install."""

    status = 501


def pdf(html: str) -> bytes:
    """A whole page of HTML as an A4 file, for a request whose actor may read it. Pictures must be in the page itself.

    Raises CannotPrint; Underway while it is being drawn, or somebody else's paper; TooMany.
    """
    _able()
    made = _folder() / f"{hashlib.sha256(_sheet() + html.encode()).hexdigest()}.pdf"
    if not made.exists():
        _start(made, html)
    with suppress(FileNotFoundError):
        return made.read_bytes()
    raise Underway(_(OURS), AGAIN)


def forget(actor: Actor) -> int:
    """Remove papers nobody asked for lately: personal ballots have names on them. How many were removed."""
    old = [path for path in _folder().iterdir() if path.name != "lock" and _age(path, actor.now) > KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _start(made: Path, html: str) -> None:
    """Begin to draw, unless it was done meanwhile. The press holds the lock as long as it lives."""
    with _turn() as lock:
        page = made.with_suffix(".html")
        if made.exists():
            return
        if page.exists() and _age(page, clock.now()) < TRIED:
            raise CannotPrint(_(TOO_LONG))
        limit("print", _who(), MOST, WINDOW)
        wait = current_app.config["PRINT_WAIT"]
        if wait is None:
            made.write_bytes(draw(html, SHEET.read_text("utf-8")))
            return
        page.write_text(html, "utf-8")
        asked = [SHEET, page, made, SECONDS, MEMORY]
        command = [sys.executable, "-P", str(PRESS), *map(str, asked)]
        press = subprocess.Popen(command, pass_fds=[lock], stdin=subprocess.DEVNULL)
        _last[:] = [press]
    with suppress(subprocess.TimeoutExpired):
        press.wait(wait)


@contextmanager
def _turn() -> Iterator[int]:
    """The lock of the machine's one press. Raises Underway while somebody else's paper is in it."""
    lock = os.open(_folder() / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Underway(_(THEIRS), AGAIN) from None
        for press in _last:
            press.wait()
        yield lock
    finally:
        os.close(lock)


def _folder() -> Path:
    folder = Path(current_app.config["INSTANCE"]) / "prints"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _who() -> str:
    actor = g.get("actor")
    return str(actor.entered_by or actor.id) if actor and actor.id else request.remote_addr or ""


def _age(path: Path, now: datetime) -> timedelta:
    """Nothing for a file that is gone."""
    with suppress(FileNotFoundError):
        return now - datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo)
    return timedelta()


@cache
def _sheet() -> bytes:
    return SHEET.read_bytes()


def _able() -> None:
    """Raises CannotPrint."""
    if not _has_pango():
        raise CannotPrint(_(NO_PANGO))
    if not has_chinese_font():
        raise CannotPrint(_(NO_FONT))


@cache
def _has_pango() -> bool:
    try:
        ctypes.CDLL("libpangoft2-1.0.so.0")
    except OSError:
        return False
    return True


@cache
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
