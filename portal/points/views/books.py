"""The books, for staff: pools and their budgets, what waits, the table, the month, hints, kin and the sample."""

from datetime import date
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import NotVisible
from ...core.exports import as_file
from ...core.listing import Column
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import N_, _
from ..actions.granting import declare_kin
from ..actions.opening import issue, open_pool, open_programme
from ..actions.sampling import check_sample, month_after
from ..forms import DecisionForm, IssueForm, KinForm, OpeningForm, PoolForm
from ..models.programme import Pool, Programme
from ..models.thanks import Sample
from ..policy import Can
from ..queries import accounts, books, handling, people, table
from ..queries import hints as suspicions
from ..queries.places import community
from ..refusals import Refused
from ..words import DEEDS, KINDS

routes = Routes("points_books")
MONTH = (
    Column(N_("哪一种"), lambda m: _(KINDS[m.kind])),
    Column(N_("因为什么"), lambda m: _(DEEDS[m.deed]) if m.deed else ""),
    Column(N_("几笔"), lambda m: m.entries),
    Column(N_("积分"), lambda m: m.points),
)
VERDICTS = (("sound", N_("没有问题")), ("wrong", N_("有问题")))


def programme_here(actor: Actor) -> Programme | None:
    return accounts.programme_of(actor.community) if actor.community != "/" else None


@routes.get("/points/books", may=Can.READ_BOOKS, of=community)
def show(actor: Actor, place: Any) -> ResponseReturnValue:
    programme = accounts.programme_of(place.place_path)
    if programme is None:
        return page("points/books/opening.html", home=place, form=OpeningForm())
    return page(
        "points/books/show.html",
        programme=programme,
        pools=books.pools(programme),
        grants=books.grants(programme),
        appeals=books.appeals(programme),
        rules=table.in_force(programme, actor.today),
        coming=table.coming(programme, actor.today),
        samples=books.sample_results(programme),
    )


@routes.post("/points/opening", may=Can.OPEN, of=community, back="points_books.show")
def open_here(actor: Actor, place: Any) -> ResponseReturnValue:
    form = OpeningForm()
    if form.validate_on_submit():
        with form.catching():
            months, cap = form.months.data or 0, form.month_cap.data or 0
            open_programme(actor, place, pool=form.pool.data, months=months, month_cap=cap)
            flash(_("积分开办了。先给积分池增加预算，再告诉大家怎么得。"))
            return go("points_books.show")
    return page("points/books/opening.html", 422, block="opening_form", home=place, form=form)


@routes.post("/points/pools", may=Can.OPEN_POOL, of=programme_here, back="points_books.show")
def add_pool(actor: Actor, programme: Programme) -> ResponseReturnValue:
    form = PoolForm()
    if form.validate_on_submit():
        with form.catching():
            open_pool(actor, programme, name=form.name.data)
    for errors in form.errors.values():
        flash(str(errors[0]))
    return go("points_books.show")


@routes.get("/points/pools/<int:points_pool_id>/budget", may=Can.ISSUE, of=Pool)
def budget(actor: Actor, pool: Pool) -> ResponseReturnValue:
    return page("points/books/budget.html", pool=pool, form=IssueForm())


@routes.post("/points/pools/<int:points_pool_id>/budget", may=Can.ISSUE, of=Pool)
def add_budget(actor: Actor, pool: Pool) -> ResponseReturnValue:
    form = IssueForm()
    if form.validate_on_submit():
        with form.catching(Refused, on="amount"):
            key = f"issue:{pool.id}:{form.once.data}"
            issue(actor, pool, amount=form.amount.data or 0, key=key, reason=form.reason.data)
            flash(_("预算加上了。"))
            return go("points_books.show")
    return page("points/books/budget.html", 422, block="budget_form", pool=pool, form=form)


@routes.get("/points/statement", may=Can.READ_BOOKS, of=programme_here)
def statement(actor: Actor, programme: Programme) -> ResponseReturnValue:
    first = _month(request.args.get("month", ""), actor.today)
    lines = books.month(programme, first, month_after(first))
    if request.args.get("format") in ("csv", "xlsx"):
        return as_file(f"points-{first:%Y-%m}", MONTH, lines, request.args["format"])
    pools = books.pools_of_month(programme, first, month_after(first))
    return page("points/books/statement.html", programme=programme, first=first, lines=lines, pools=pools)


@routes.get("/points/hints", may=Can.READ_BOOKS, of=programme_here)
def hints(actor: Actor, programme: Programme) -> ResponseReturnValue:
    return page("points/books/hints.html", **_hints(actor, programme), form=KinForm())


@routes.post("/points/kin", may=Can.DECLARE_KIN, of=programme_here, back="points_books.hints")
def kin(actor: Actor, programme: Programme) -> ResponseReturnValue:
    form = KinForm()
    if form.validate_on_submit():
        with form.catching():
            one, other = (
                people.found(programme.place_path, [form[name].data], name)[0].id for name in ("one", "other")
            )
            declare_kin(actor, programme, user_id=one, relative_id=other)
            flash(_("登记了。他们之间的积分要由别人核实。"))
            return go("points_books.hints")
    return page("points/books/hints.html", 422, block="kin_form", **_hints(actor, programme), form=form)


@routes.get("/points/samples", may=Can.READ_BOOKS, of=programme_here)
def samples(actor: Actor, programme: Programme) -> ResponseReturnValue:
    assert actor.id is not None
    rows = books.samples(programme)
    touched = handling.touched(actor.id, [row for row in rows if row.sound is None])
    return page("points/books/samples.html", samples=rows, touched=touched, form=_check_form())


@routes.get("/points/samples/<int:points_sample_id>", may=Can.SEE_SAMPLE, of=Sample)
def sample(actor: Actor, sample: Sample) -> ResponseReturnValue:
    """One that was drawn: the page of all of them."""
    return go("points_books.samples")


@routes.post("/points/samples/<int:points_sample_id>", may=Can.CHECK_SAMPLE, of=Sample)
def check(actor: Actor, sample: Sample) -> ResponseReturnValue:
    form = _check_form()
    if form.validate_on_submit():
        with form.catching():
            check_sample(actor, sample, sound=form.verdict.data == "sound", finding=form.answer.data)
            return go("points_books.samples")
    for errors in form.errors.values():
        flash(str(errors[0]))
    return go("points_books.samples")


def _check_form() -> DecisionForm:
    return DecisionForm([(key, _(words)) for key, words in VERDICTS])


def _hints(actor: Actor, programme: Programme) -> dict[str, Any]:
    return {
        "photos": suspicions.same_photos(programme),
        "told": suspicions.same_words(programme),
        "kin": suspicions.to_kin(programme),
        "accounts": suspicions.new_accounts(programme, actor.now),
    }


def _month(text: str, today: date) -> date:
    """`2026-06` as the first day of a month; this month for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01") if text else today.replace(day=1)
    except ValueError:
        raise NotVisible() from None
    if not 2000 <= first.year <= 2100:
        raise NotVisible()
    return first
