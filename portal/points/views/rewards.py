"""Rewards in kind: the public list without names, and the desk that proposes, approves and records."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.amounts import hundredths
from ...core.errors import Conflict, Invalid, NotAllowed
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import N_, _
from ..actions.rewarding import approve_reward, note_payment, open_fund, propose_reward, refuse_reward
from ..forms import DecisionForm, FundForm, PaymentForm, RewardForm
from ..models.rewards import Fund, Reward
from ..policy import Can
from ..queries import rewards
from ..queries.places import community

routes = Routes("rewards")
VERDICTS = (("approve", N_("批")), ("refuse", N_("不批，写明理由")))


@routes.get("/rewards", may=Can.SEE_FUND, of=community)
def index(actor: Actor, place: Any) -> ResponseReturnValue:
    return page("points/rewards/index.html", home=place, funds=rewards.funds(place.place_path))


@routes.get("/rewards/new", may=Can.OPEN_FUND, of=community)
def new(actor: Actor, place: Any) -> ResponseReturnValue:
    return page("points/rewards/new.html", form=FundForm())


@routes.post("/rewards/new", may=Can.OPEN_FUND, of=community)
def create(actor: Actor, place: Any) -> ResponseReturnValue:
    form = FundForm()
    if form.validate_on_submit():
        with form.catching():
            fund = open_fund(
                actor,
                place,
                name=form.name.data,
                source=form.source.data,
                budget=form.budget.data or 0,
                rates=[_rate(line) for line in form.rates.data.splitlines() if line.strip()],
            )
            return go("rewards.show", reward_fund_id=fund.id)
    return page("points/rewards/new.html", 422, block="fund_form", form=form)


@routes.get("/rewards/<int:reward_fund_id>", may=Can.SEE_FUND, of=Fund)
def show(actor: Actor, fund: Fund) -> ResponseReturnValue:
    return _page(actor, fund, RewardForm(_choices(fund)))


@routes.post("/rewards/<int:reward_fund_id>/proposals", may=Can.PROPOSE_REWARD, of=Fund, back="rewards.show")
def propose(actor: Actor, fund: Fund) -> ResponseReturnValue:
    form = RewardForm(_choices(fund))
    if form.validate_on_submit():
        with form.catching(NotAllowed, on="payee"):
            propose_reward(
                actor, fund, rate_id=form.rate_id.data, payee=form.payee.data, what=form.what.data,
                once=form.once.data,
            )  # fmt: skip
            flash(_("提出了，请另一位工作人员来批。"))
            return go("rewards.show", reward_fund_id=fund.id)
    return _page(actor, fund, form, 422)


@routes.get("/rewards/cases/<int:reward_id>", may=Can.SEE_REWARD, of=Reward)
def case(actor: Actor, reward: Reward) -> ResponseReturnValue:
    return _case(reward)


@routes.post("/rewards/cases/<int:reward_id>/decision", may=Can.DECIDE_REWARD, of=Reward, back="rewards.case")
def decide(actor: Actor, reward: Reward) -> ResponseReturnValue:
    form = _form()
    if form.validate_on_submit():
        with form.catching(Conflict, on="verdict"):
            if form.verdict.data == "approve":
                approve_reward(actor, reward)
            else:
                refuse_reward(actor, reward, answer=form.answer.data)
            return go("rewards.case", reward_id=reward.id)
    return _case(reward, 422, form=form)


@routes.post("/rewards/cases/<int:reward_id>/payment", may=Can.PAY_REWARD, of=Reward, back="rewards.case")
def pay(actor: Actor, reward: Reward) -> ResponseReturnValue:
    form = PaymentForm()
    if form.validate_on_submit():
        with form.catching():
            assert form.paid_on.data is not None
            note_payment(actor, reward, paid_on=form.paid_on.data, receipt=form.receipt.data)
            return go("rewards.case", reward_id=reward.id)
    return _case(reward, 422, payment=form)


def _rate(line: str) -> tuple[str, int]:
    """`隐患 50` → ("隐患", 5000)."""
    title, _space, amount = line.strip().rpartition(" ")
    if not title:
        raise Invalid(_("请写奖励标准：每种一行，金额大于零，不重复。"), "rates")
    return title.strip(), hundredths(amount, "rates")


def _choices(fund: Fund) -> list[tuple[int, str]]:
    return [(rate.id, rate.title) for rate in rewards.rates(fund.id)]


def _form() -> DecisionForm:
    return DecisionForm([(key, _(words)) for key, words in VERDICTS])


def _page(actor: Actor, fund: Fund, form: RewardForm, status: int = 200) -> ResponseReturnValue:
    desk = bool(access.may(actor, Can.PROPOSE_REWARD, fund))
    return page(
        "points/rewards/show.html",
        status,
        block="reward_form",
        fund=fund,
        line=next(line for line in rewards.funds(fund.place_path) if line.id == fund.id),
        rates=rewards.rates(fund.id),
        kinds=rewards.kinds(fund.id),
        public=rewards.public(fund.id),
        waiting=rewards.open_ones(fund.id) if desk else [],
        form=form,
    )


def _case(reward: Reward, status: int = 200, form: Any = None, payment: Any = None) -> ResponseReturnValue:
    return page(
        "points/rewards/case.html",
        status,
        block="case_panel",
        reward=reward,
        form=form or _form(),
        payment=payment or PaymentForm(formdata=None),
    )
