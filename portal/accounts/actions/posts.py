"""Posts: roles granted at a place for a term, and their end."""

from datetime import date

from ...core import access
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Place
from ..events import GrantEnded, RoleGranted
from ..models import Grant, Role, User
from ..policy import Can
from ..queries.posts import held


@action(Can.GIVE)
def give_role(
    actor: Actor,
    place: Place,
    *,
    user: User,
    role: Role,
    title: str = "",
    starts: date | None = None,
    ends: date | None = None,
) -> Grant:
    """`user` holds `role` at `place` and below, from `starts` (today) until `ends`, the first day he no longer does.

    Raises NotVisible for a person of another community, NotAllowed for the administrator's post if the actor is
    none, Invalid for an empty term, Conflict if he holds it in those days.
    """
    if not place.place_path.startswith(user.place_path) or user.closed_at is not None:
        raise NotVisible()
    if role is Role.ADMINISTRATOR:
        access.require(actor, Can.GIVE_ADMINISTRATOR, place)
    first = starts or actor.today
    if ends is not None and ends <= first:
        raise Invalid(_("任期的结束要在开始之后。"), "ends")
    if held(user.id, role, place.place_path, first, ends):
        raise Conflict(_("他在这段时间里已经担任这个职务了。"))
    grant = Grant(
        user_id=user.id,
        role=role,
        place_path=place.place_path,
        title=title,
        starts=first,
        ends=ends,
        granted_by_id=actor.id,
        granted_at=actor.now,
    )
    store(grant)
    record(actor, grant, RoleGranted(user.id, role, first, ends))
    return grant


@action(Can.END_GRANT)
def end_role(actor: Actor, grant: Grant, *, on: date | None = None) -> Grant:
    """The term ends: on a day to come, or today, which takes effect at once.

    Raises Conflict if it is over, Invalid for a day past or after the end that was set.
    """
    last = on or actor.today
    if grant.ends is not None and grant.ends <= actor.today:
        raise Conflict(_("这个职务已经结束了。"))
    if last < actor.today or (grant.ends is not None and last > grant.ends):
        raise Invalid(_("结束的日子从今天起，最晚到原来的任期。"), "on")
    grant.ends = max(last, grant.starts)
    record(actor, grant, GrantEnded(grant.user_id, grant.role, grant.ends))
    return grant
