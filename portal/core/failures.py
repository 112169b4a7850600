"""Refusals and errors as HTTP: a fragment request gets a small alert, everybody else a page that helps.

Error pages never query: a 500 may come from the database.
"""

import logging
from typing import Any

from flask import Flask, Response, g, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from .actor import Actor
from .errors import Refusal, TooMany
from .pages import page
from .text import N_, _

log = logging.getLogger("portal")

SENTENCES = {
    400: N_("浏览器送来的内容不完整，请退回去再试一次。"),
    403: N_("这件事您现在不能办。"),
    404: N_("没有找到这个页面。可能地址写错了，也可能它属于别的社区。"),
    405: N_("这个地址不能这样打开，请退回上一页。"),
    409: N_("别人先办了这一步，或者它已经到了下一步。请刷新看看。"),
    413: N_("文件太大了，请选小一点的。"),
    422: N_("有几处要改一改，再提交一次。"),
    429: N_("试得太频繁了，请等一会儿再试。"),
    500: N_("系统出了问题，您写的内容还在这个页面上。请稍后再试，或打电话给社区。"),
    503: N_("现在办事的人多，请等几秒再试一次。"),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)


def _refused(refusal: Refusal) -> Any:
    reply = _show(refusal.status, refusal.reasons, [u for u in refusal.unmet if u.cure])
    if isinstance(refusal, TooMany):
        reply.headers["Retry-After"] = str(refusal.retry_after)
    return reply


def _http(error: HTTPException) -> Any:
    if isinstance(error, InternalServerError) and error.original_exception:
        log.error("failed", exc_info=error.original_exception)
    if error.code is None or error.code < 400:
        return error
    return _show(error.code, (), [])


def _busy(error: OperationalError) -> Any:
    """A writer that waited too long for its turn is told to try again; other database trouble is a 500."""
    locked = "locked" in str(error.orig) or "deadlock" in str(error.orig)
    if not locked:
        log.error("failed", exc_info=error)
    return _show(503 if locked else 500, (), [])


def _show(status: int, reasons: tuple[str, ...], cures: list[Any]) -> Response:
    g.setdefault("actor", Actor())
    said = [_(r) for r in reasons if r] or [_(SENTENCES.get(status, SENTENCES[500]))]
    fragment = (
        request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"
    )
    template = "layout/error_alert.html" if fragment else "layout/error.html"
    if fragment:
        request.environ.pop("HTTP_HX_REQUEST", None)
    html, code, head = page(template, status, reasons=said, cures=cures, status_code=status)
    if fragment:
        head |= {"HX-Retarget": "#alerts", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
    return Response(html, code, head, mimetype="text/html")
