"""How a topic moves along its seven stops, and how a response is asked and given."""

from ..core.lifecycle import Lifecycle, Move
from . import events as e
from .models import Response, ResponseState, Topic
from .policy import Can
from .words import STOP, Stop, TopicState

S = TopicState

TOPIC = Lifecycle(
    Topic,
    TopicState,
    Move(e.TopicQualified, Can.ENDORSE, (S.GATHERING,), S.SCREENING),
    Move(e.TopicTakenUp, Can.TAKE_UP, (S.GATHERING,), S.SCREENING),
    Move(e.TopicWithdrawn, Can.WITHDRAW, (S.GATHERING, S.SCREENING), S.WITHDRAWN),
    Move(e.TopicAccepted, Can.SCREEN, (S.SCREENING,), S.DELIBERATING),
    Move(e.TopicMerged, Can.SCREEN, (S.SCREENING,), S.MERGED),
    Move(e.TopicReferred, Can.SCREEN, (S.SCREENING,), S.REFERRED),
    Move(e.TopicDeclined, Can.SCREEN, (S.SCREENING,), S.DECLINED),
    Move(e.TopicReopened, Can.REOPEN, (S.DECLINED, S.REFERRED), S.SCREENING),
    Move(e.TopicPutToVote, Can.ADVANCE, (S.DELIBERATING,), S.VOTING),
    Move(
        e.TopicBackToTable,
        Can.ADVANCE,
        (S.VOTING, S.DECIDED, S.POSTED, S.CARRIED_OUT),
        S.DELIBERATING,
    ),
    Move(e.TopicPassedOn, Can.ADVANCE, (S.DELIBERATING,), S.REFERRED),
    Move(e.TopicDecided, Can.ADVANCE, (S.VOTING, S.DELIBERATING), S.DECIDED),
    Move(e.TopicPosted, Can.ADVANCE, (S.DECIDED,), S.POSTED),
    Move(e.TopicStarted, Can.ADVANCE, (S.POSTED, S.DECIDED), S.CARRIED_OUT),
    Move(e.TopicDelivered, Can.ADVANCE, (S.CARRIED_OUT,), S.RATING),
    Move(e.TopicClosed, Can.ADVANCE, (S.RATING, S.POSTED, S.DECIDED), S.CLOSED),
)

RESPONSE = Lifecycle(
    Response,
    ResponseState,
    Move(e.ResponseGiven, Can.RESPOND, (ResponseState.ASKED,), ResponseState.GIVEN),
)


def stop_of(state: TopicState) -> Stop | None:
    """The stop a state stands at, None for the ends off the line."""
    return STOP.get(state)
