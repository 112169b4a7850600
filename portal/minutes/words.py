"""The fixed words of minutes, each with what people read."""

from enum import StrEnum

from ..core.text import N_


class MinutesState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    SEALED = "sealed"


STATE_WORD: dict[MinutesState, str] = {
    MinutesState.DRAFT: N_("正在写"),
    MinutesState.SENT: N_("请到会的人核对"),
    MinutesState.SEALED: N_("已定稿公布"),
}
TONE: dict[MinutesState, tuple[str, str]] = {
    MinutesState.DRAFT: ("neutral", "pencil"),
    MinutesState.SENT: ("accent", "eye"),
    MinutesState.SEALED: ("ok", "stamp"),
}
"""Tone and icon of the tag."""
UNSEALED = (MinutesState.DRAFT, MinutesState.SENT)


class Outcome(StrEnum):
    """What came of an item (domain file §3.1, step 10)."""

    CONSENSUS = "consensus"
    RESOLVED = "resolved"
    AGAIN = "again"
    STATUTORY = "statutory"
    PASSED_ON = "passed_on"
    NONE = "none"
    HEARD = "heard"


OUTCOME_WORD: dict[Outcome, str] = {
    Outcome.CONSENSUS: N_("协商一致"),
    Outcome.RESOLVED: N_("表决通过"),
    Outcome.AGAIN: N_("下次再议"),
    Outcome.STATUTORY: N_("转业主大会表决"),
    Outcome.PASSED_ON: N_("转给别的单位"),
    Outcome.NONE: N_("没有议成"),
    Outcome.HEARD: N_("听取了，不用定"),
}
OUTCOME_TONE: dict[Outcome, tuple[str, str]] = {
    Outcome.CONSENSUS: ("ok", "handshake"),
    Outcome.RESOLVED: ("ok", "circle-check"),
    Outcome.AGAIN: ("accent", "refresh-cw"),
    Outcome.STATUTORY: ("accent", "scale"),
    Outcome.PASSED_ON: ("accent", "arrow-right"),
    Outcome.NONE: ("neutral", "circle-x"),
    Outcome.HEARD: ("neutral", "check"),
}
OUTCOME_NOTE: dict[Outcome, str] = {
    Outcome.CONSENSUS: N_("大家都能接受。定稿以后，议题转到“准备公示”，由社区记下决定。"),
    Outcome.RESOLVED: N_("会上举手通过，要有一个通过了的动议。定稿以后，议题转到“准备公示”。"),
    Outcome.AGAIN: N_("还没谈拢，议题留在桌上，可以排进下一次会。"),
    Outcome.STATUTORY: N_("要业主按人数和面积来定，会上不能代替。议题留在桌上，由业委会接着办。"),
    Outcome.PASSED_ON: N_("不归议事会管，写明转给谁。定稿以后，议题转办。"),
    Outcome.NONE: N_("没有形成结果，议题留在桌上，由社区再定怎么办。"),
    Outcome.HEARD: N_("通报、核对人数一类的事，没有要定的。"),
}
SETTLING = (Outcome.CONSENSUS, Outcome.RESOLVED)
"""After these a topic waits for its decision to be entered and posted."""


class Heading(StrEnum):
    """What a section of minutes is about."""

    PRESENT = "present"
    SAID = "said"
    MOTIONS = "motions"
    AGREED = "agreed"
    OPEN = "open"
    OUTCOME = "outcome"
    TASKS = "tasks"
    PARKED = "parked"
    MORE = "more"


HEADING_WORD: dict[Heading, str] = {
    Heading.PRESENT: N_("到会情况"),
    Heading.SAID: N_("发言要点"),
    Heading.MOTIONS: N_("动议和表态"),
    Heading.AGREED: N_("谈拢的"),
    Heading.OPEN: N_("没谈拢的"),
    Heading.OUTCOME: N_("结果"),
    Heading.TASKS: N_("谁来办"),
    Heading.PARKED: N_("另外再议的事"),
    Heading.MORE: N_("其他"),
}
OF_ITEM = (Heading.SAID, Heading.MOTIONS, Heading.AGREED, Heading.OPEN, Heading.OUTCOME, Heading.TASKS)
BY_HAND = (Heading.SAID, Heading.AGREED, Heading.OPEN, Heading.PARKED, Heading.MORE)
"""Written by the recorder; the others are made from what the meeting recorded."""


class Stance(StrEnum):
    """What somebody who was there says of a line."""

    RIGHT = "right"
    WRONG = "wrong"


SIGNED_WORD: dict[Stance, str] = {
    Stance.RIGHT: N_("没有写异议的各行，都没有错"),
    Stance.WRONG: N_("有一行有出入"),
}
"""What stands on a sheet that somebody without an account signed."""


class TaskState(StrEnum):
    NOTED = "noted"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


TASK_WORD: dict[TaskState, str] = {
    TaskState.NOTED: N_("等纪要定稿"),
    TaskState.OPEN: N_("在办"),
    TaskState.DONE: N_("办好了"),
    TaskState.DROPPED: N_("不办了"),
}
TASK_TONE: dict[TaskState, tuple[str, str]] = {
    TaskState.NOTED: ("neutral", "pencil"),
    TaskState.OPEN: ("accent", "clipboard-list"),
    TaskState.DONE: ("ok", "circle-check"),
    TaskState.DROPPED: ("neutral", "ban"),
}


class TeamState(StrEnum):
    """A team is noted while minutes are written, and there once they are sealed; it ends by its day."""

    NOTED = "noted"
    NAMED = "named"


class Duty(StrEnum):
    """What somebody has to do with a task: 领办、交办、协办、操办、帮办."""

    LEAD = "lead"
    ASSIGN = "assign"
    HELP = "help"
    CARRY = "carry"
    SUPPORT = "support"


DUTY_WORD: dict[Duty, str] = {
    Duty.LEAD: N_("领办"),
    Duty.ASSIGN: N_("交办"),
    Duty.HELP: N_("协办"),
    Duty.CARRY: N_("操办"),
    Duty.SUPPORT: N_("帮办"),
}
DUTY_NOTE: dict[Duty, str] = {
    Duty.LEAD: N_("牵头负责，到期由他说办到哪了。"),
    Duty.ASSIGN: N_("把事情交下去的一方。"),
    Duty.HELP: N_("一起办的一方。"),
    Duty.CARRY: N_("动手去做的一方。"),
    Duty.SUPPORT: N_("搭把手的人。"),
}
