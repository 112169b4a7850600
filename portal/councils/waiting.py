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
from ..core.waiting import DAY, Kind, lines, one_of, those
from .models import Council, Response, ResponseState, Seat, Topic
from .policy import Can
from .words import Party, TopicState


@prepared
def _screenings(mine: Condition) -> Rows:
    return lines(
        "screen", Topic, title=Topic.title, since=Topic.moved_at, party=Topic.held_by, due=Topic.due_at
    ).where(mine, Topic.state == TopicState.SCREENING)


@prepared
def _responses(mine: Condition) -> Rows:
    return lines(
        "respond",
        Response,
        title=Response.question,
        since=Response.asked_at,
        party=Response.party,
        due=Response.due_at,
    ).where(mine, Response.state == ResponseState.ASKED)


@prepared
def _unwritten(mine: Condition) -> Rows:
    """Recordings that those who cannot hear, and those who search, do not have yet."""
    return lines("write_voice", Topic, title=Topic.title, since=Topic.created_at).where(mine, Topic.unwritten)


@prepared
def _seats(mine: Condition) -> Rows:
    """Seats that stand for owners whose holder moved out and owns nothing there any more."""
    above = sa.func.substr(Seat.place_path, 1, sa.func.length(Seat.place_path) - 1) + sa.literal("0")
    since = sa.type_coerce(moved_out(Seat.user_id), Instant())
    return (
        lines("check_seat", Seat, subject=Seat.user_id, title=User.name, since=since, party=Seat.party)
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
    "write_voice",
    Kind(N_("语音还没写成文字"), N_("写成文字"), "mic", "topics.ask_transcript", "topic_id", False),
    those(Topic, Can.TRANSCRIBE, _unwritten),
)
waiting.add(
    "respond",
    Kind(N_("请您回应"), N_("去回应"), "badge-check", "responses.edit", "response_id", False),
    those(Response, Can.RESPOND, _responses),
)
