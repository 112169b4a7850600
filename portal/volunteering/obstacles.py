"""What keeps a volunteer from a shift, all at once: the page says it instead of the button, the action refuses."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.db import db
from ..core.errors import Unmet
from ..core.leaves import time_words
from ..core.text import _, speaking
from . import rules
from .models.people import Volunteer
from .models.shifts import Service, Shift, SignUp
from .people import GUARDIAN, REGISTER
from .rules import Span
from .words import SignUpState

TAKES_TIME = (SignUpState.WAITING, SignUpState.COMING, SignUpState.CONFIRMED)


def engagements(user_id: int | None, near: datetime, far: bool = False) -> list[Span]:
    """When a person is promised or was there already, around an hour; `far`: and whenever later."""
    found = (
        sa.select(Shift.starts_at, Shift.ends_at)
        .join(SignUp, SignUp.shift_id == Shift.id)
        .where(
            SignUp.user_id == user_id,
            SignUp.state.in_(TAKES_TIME),
            sa.true() if far else Shift.starts_at < near + 2 * rules.AROUND,
            Shift.ends_at > near - rules.AROUND,
        )
    )
    return [Span(*row) for row in db.session.execute(found.order_by(Shift.starts_at))]


def of_person(service: Any, volunteer: Volunteer | None, day: datetime) -> Iterator[Unmet]:
    """Whether he is one who may do this: registered, old enough, with his guardian's consent."""
    if volunteer is None:
        yield Unmet(_("还没有登记成志愿者，请先登记，一分钟就好。"), REGISTER)
        return
    age = rules.age(volunteer.born, clock.local(day).date())
    if age < service.least_age:
        yield Unmet(_("这次服务要满 %(least)d 岁，到那天是 %(age)d 岁。", least=service.least_age, age=age))
    if age < rules.ADULT:
        if service.dangerous:
            yield Unmet(_("这次服务有人身危险，未成年人不能参加。"))
        elif volunteer.guardian_agreed_on is None:
            yield Unmet(
                _("未成年人要监护人同意：请监护人用自己的账号同意，或者在同意书上签字交给社区录入。"),
                GUARDIAN,
            )


def of_time(shift: Span, others: Iterable[Span]) -> Iterator[Unmet]:
    """Whether he has the time: no two shifts at once, no more than twelve hours a day."""
    others = list(others)
    words = time_words(speaking.get())
    for other in others:
        if rules.overlap(shift, other):
            at = words.when(other.starts, clock.local(clock.now())).striptags()
            yield Unmet(_("和您报的另一班时间重叠：%(at)s开始的那一班。请先退掉它。", at=at))
            return
    if over := rules.too_long(shift, others):
        day, minutes = over
        yield Unmet(
            _(
                "%(day)s加起来就有 %(hours)s 小时，一天最多 12 小时。",
                day=words.day(day).striptags(),
                hours=f"{minutes / 60:.1f}",
            )
        )


def against(service: Service, shift: Shift, volunteer: Volunteer | None) -> list[Unmet]:
    """Everything at once, of a volunteer and a shift."""
    met = list(of_person(service, volunteer, shift.starts_at))
    if shift.cancelled_at is not None:
        met.append(Unmet(_("这一班取消了。")))
    if volunteer is not None:
        others = engagements(volunteer.user_id, shift.starts_at)
        met += of_time(Span(shift.starts_at, shift.ends_at), others)
    return met
