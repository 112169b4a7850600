"""What waits in a council: topics to screen, responses to give, seats whose holder moved out."""

import sqlalchemy as sa

from ..accounts.models import User
from ..accounts.waiting import moved_out, owns_under
from ..core import waiting
from ..core.access import Condition
from ..core.columns import Instant, Rows
from ..core.prepared import prepared
from ..core.terms import in_term
from ..core.text import N_
from ..core.waiting import DAY, NO_HOUR, Kind, one_of, those
from .models import Council, Response, ResponseState, Seat, Topic
from .policy import Can
from .words import Party, TopicState


@prepared
def _screenings(mine: Condition) -> Rows:
    return sa.select(
        sa.literal("screen").label("kind"),
        Topic.id.label("subject_id"),
        Topic.title,
        Topic.held_by.label("party"),
        Topic.moved_at.label("since"),
        Topic.due_at.label("due"),
        Topic.place_path,
    ).where(mine, Topic.state == TopicState.SCREENING)


@prepared
def _responses(mine: Condition) -> Rows:
    return sa.select(
        sa.literal("respond").label("kind"),
        Response.id.label("subject_id"),
        Response.question.label("title"),
        Response.party,
        Response.asked_at.label("since"),
        Response.due_at.label("due"),
        Response.place_path,
    ).where(mine, Response.state == ResponseState.ASKED)


@prepared
def _seats(mine: Condition) -> Rows:
    """Seats that stand for owners whose holder moved out and owns nothing there any more."""
    above = sa.func.substr(Seat.place_path, 1, sa.func.length(Seat.place_path) - 1) + sa.literal("0")
    since = sa.type_coerce(moved_out(Seat.user_id), Instant())
    return (
        sa.select(
            sa.literal("check_seat").label("kind"),
            Seat.user_id.label("subject_id"),
            User.name.label("title"),
            Seat.party,
            since.label("since"),
            NO_HOUR.label("due"),
            Seat.place_path,
        )
        .join(User, User.id == Seat.user_id)
        .join(Council, Council.id == Seat.council_id)
        .where(
            mine,
            in_term(Seat, DAY),
            one_of(Seat.party, (Party.RESIDENT, Party.COMMITTEE)),
            since.is_not(None),
        )
        .where(~owns_under(Seat.user_id, Seat.place_path, above))
    )


waiting.add(
    "check_seat",
    Kind(N_("席位上的人搬离了"), N_("去核对"), "users-round", "accounts.person", "user_id", False),
    those(Council, Can.SEAT, _seats),
)
waiting.add(
    "screen",
    Kind(N_("请您筛选"), N_("去筛选"), "list-filter", "screening.new", "topic_id", False),
    those(Topic, Can.SCREEN, _screenings),
)
waiting.add(
    "respond",
    Kind(N_("请您回应"), N_("去回应"), "badge-check", "responses.edit", "response_id", False),
    those(Response, Can.RESPOND, _responses),
)
