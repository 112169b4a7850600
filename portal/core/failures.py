"""Refusals and errors as HTTP: a fragment request gets a small alert, everybody else a page that helps.

Error pages never query: a 500 may come from the database.
"""

import logging
from collections.abc import Sequence

from flask import Flask, Response, g, redirect
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.sansio.response import Response as AnyResponse

from .errors import Elsewhere, Refusal, TooMany, Underway, Unmet
from .pages import HEAD, bare, wants_fragment
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
TITLES = {
    202: N_("正在生成"),
    403: N_("现在不能这样办"),
    404: N_("没有找到这一页"),
    409: N_("这一步已经变了"),
    422: N_("还有几处要改"),
    429: N_("请等一会儿"),
    503: N_("请再试一次"),
}
STALE = N_(
    "这一页放久了，或者您在别处重新登录过，所以没有提交。请退回上一页，刷新后再提交；写好的文字可以先复制下来。"
)
"""A form without the key of this session: the person must know that nothing was saved, and how to go on."""


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)


def refused(refusal: Refusal) -> Response | AnyResponse:
    """The reply to a refusal: its status, its reasons, and the pages that cure them."""
    if isinstance(refusal, Elsewhere):
        return redirect(refusal.address, refusal.status)
    reply = _show(refusal.status, refusal.unmet, _again(refusal))
    if isinstance(refusal, TooMany | Underway):
        reply.headers["Retry-After"] = str(refusal.retry_after)
    return reply


def _again(refusal: Refusal) -> str:
    """When and where a page asks again by itself; nothing if it does not."""
    if not isinstance(refusal, Underway):
        return ""
    return f"{refusal.retry_after}; url={refusal.again}" if refusal.again else str(refusal.retry_after)


def _stale(_error: CSRFError) -> Response:
    return _show(400, [Unmet(STALE)])


def _http(error: HTTPException) -> Response | AnyResponse | HTTPException:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if isinstance(error, InternalServerError) and error.original_exception:
        log.error("failed", exc_info=error.original_exception)
    reply = _show(error.code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            reply.headers[name] = value
    return reply


def _busy(error: OperationalError) -> Response:
    """A writer that waited too long for its turn is told to try again; other database trouble is a 500."""
    locked = "locked" in str(error.orig) or "deadlock" in str(error.orig)
    if not locked:
        log.error("failed", exc_info=error)
    return _show(503 if locked else 500)


def _show(status: int, unmet: Sequence[Unmet] = (), again: str = "") -> Response:
    said = [_(u.sentence) for u in unmet if u.sentence] or [_(SENTENCES.get(status, SENTENCES[500]))]
    cures = [u.cure for u in unmet if u.cure]
    told = 403 if status == 409 and any(u.sentence for u in unmet) else status
    values = {"actor": g.get("actor"), "title": _(TITLES.get(told, N_("这一页现在打不开")))}
    if wants_fragment():
        head = {"HX-Retarget": "#alerts", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
        html = bare("layout/error_alert.html", said=said, cures=cures, **values)
        return Response(html, status, HEAD | head, mimetype="text/html")
    cure = (cures[0], _("去处理")) if cures else None
    html = bare("layout/error.html", text=" ".join(said), cure=cure, again=again, **values)
    return Response(html, status, HEAD, mimetype="text/html")
