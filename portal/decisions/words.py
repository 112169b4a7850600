"""The fixed words of decisions, each with what people read."""

from enum import StrEnum

from ..core.text import N_


class DecisionState(StrEnum):
    DRAFT = "draft"
    POSTED = "posted"
    EFFECTIVE = "effective"
    REVOKED = "revoked"


STATE_WORD: dict[DecisionState, str] = {
    DecisionState.DRAFT: N_("还没公示"),
    DecisionState.POSTED: N_("公示中"),
    DecisionState.EFFECTIVE: N_("已生效"),
    DecisionState.REVOKED: N_("已撤销"),
}

TONE: dict[DecisionState, tuple[str, str]] = {
    DecisionState.DRAFT: ("neutral", "pencil"),
    DecisionState.POSTED: ("accent", "megaphone"),
    DecisionState.EFFECTIVE: ("ok", "circle-check"),
    DecisionState.REVOKED: ("neutral", "ban"),
}
"""Tone and icon of the tag."""


class Basis(StrEnum):
    """How a decision came about."""

    CONSENSUS = "consensus"
    POLL = "poll"
    COMMITTEE = "committee"
    STATUTORY = "statutory"


BASIS_WORD: dict[Basis, str] = {
    Basis.CONSENSUS: N_("协商一致"),
    Basis.POLL: N_("议事会表态"),
    Basis.COMMITTEE: N_("业委会决定"),
    Basis.STATUTORY: N_("法定业主表决"),
}

BASIS_NOTE: dict[Basis, str] = {
    Basis.CONSENSUS: N_("到会的各方商量后没有人反对。"),
    Basis.POLL: N_("议事会一人一票表态，结果已经核定。这不是法定业主表决。"),
    Basis.COMMITTEE: N_("业委会在自己的职权里开会决定，请写明哪天的会、几人到会。"),
    Basis.STATUTORY: N_("按《民法典》由业主按人数和面积表决通过，请写明公告的日期和编号。"),
}
