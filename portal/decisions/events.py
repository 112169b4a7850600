"""What happens to decisions."""

from datetime import date

from ..core.eventlog import Event, event
from ..core.text import N_
from .words import Basis


@event("decision.recorded", N_("{who}记下了决定，准备公示"), icon="scale")
class DecisionRecorded(Event):
    decision_id: int
    basis: Basis


@event("decision.amended", N_("{who}改了决定的文字"), icon="pencil")
class DecisionAmended(Event):
    decision_id: int


@event("decision.posted", N_("{who}把决定贴出来公示"), icon="megaphone")
class DecisionPosted(Event):
    decision_id: int
    until: date


@event("decision.took_effect", N_("公示期满，决定生效"), icon="circle-check")
class DecisionTookEffect(Event):
    decision_id: int


@event("decision.revoked", N_("{who}撤销了决定"), icon="ban")
class DecisionRevoked(Event):
    decision_id: int


@event("objection.raised", N_("有一位居民对决定提出异议"), icon="hand")
class ObjectionRaised(Event):
    objection_id: int


@event("objection.answered", N_("{who}答复了一条异议"), icon="reply")
class ObjectionAnswered(Event):
    objection_id: int
    late: bool
