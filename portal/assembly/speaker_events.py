"""What happens to those who speak for a head of an owners' vote. Never a name, a reason or a phone number."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_


@event(
    "speaker.proposed",
    N_("{who}登记共有人推选的代表，等第二个人核对"),
    icon="user-round",
    visibility=Visibility.STAFF,
)
class DesignationProposed(Event):
    voter_id: int


@event(
    "speaker.proposal_refused",
    N_("{who}看过推选书，没有同意"),
    icon="ban",
    visibility=Visibility.STAFF,
)
class DesignationRefused(Event):
    voter_id: int


@event("speaker.designated", N_("{who}确定共有人推选的代表"), icon="user-round", visibility=Visibility.STAFF)
class SpeakerDesignated(Event):
    voter_id: int


@event("speaker.named", N_("{who}登记谁替这套房投票"), icon="user-round", visibility=Visibility.STAFF)
class SpeakerNamed(Event):
    voter_id: int


@event(
    "speaker.confirmed",
    N_("{who}对照证明核对了谁替这套房投票"),
    icon="check",
    visibility=Visibility.STAFF,
)
class SpeakerConfirmed(Event):
    voter_id: int
    stands: bool


@event(
    "speaker.objected",
    N_("{who}不同意登记的人替这套房投票，先停下"),
    icon="circle-alert",
    visibility=Visibility.STAFF,
)
class SpeakerObjected(Event):
    voter_id: int


@event("speaker.decided", N_("{who}决定了登记的人能不能投"), icon="scale", visibility=Visibility.STAFF)
class SpeakerDecided(Event):
    voter_id: int
    stands: bool
