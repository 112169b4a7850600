"""Who carries a project out, who watches it, who rates it."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, during, member, mine, not_mine, role
from ..core.entered import Entered
from ..core.text import N_
from ..decisions.words import DecisionState
from .models import Project, ProjectUpdate, Spending, Supervisor
from .words import ProjectState

S = ProjectState


class Can(Permission):
    SEE = "project:see"
    START = "project:start"
    CONTRACT = "project:contract"
    BEGIN = "project:begin"
    UPDATE = "project:update"
    SPEND = "project:spend"
    RAISE_BUDGET = "project:raise_budget"
    MILESTONE = "project:milestone"
    DELAY = "project:delay"
    COMPLETE = "project:complete"
    INSPECT = "project:inspect"
    RATE = "project:rate"
    CLOSE = "project:close"
    STOP = "project:stop"
    SEE_UPDATE = "update:see"
    SEE_SPENDING = "spending:see"


supervises = Entered(
    Supervisor.user_id, Supervisor.project_id, known="supervised", reason=N_("这一步由监督小组来办。")
)
works = mine("in_charge_id", N_("这一步由牵头负责的人来办。")) | role(
    "secretary",
    "social_worker",
    "property_manager",
    "committee_chair",
    reason=N_("这一步由牵头负责的人、社区、物业或业委会主任来办。"),
)
planner = role("secretary", "social_worker", "committee_chair", reason=N_("立项由社区或业委会主任来办。"))
staff = role("secretary", "social_worker", reason=N_("归档由社区工作人员来办。"))
secretary = role("secretary", reason=N_("这一步由社区书记来办。"))
underway = during(S.UNDERWAY, reason=N_("项目不在实施中。"))
unsettled = during(
    S.UNDERWAY, S.AWAITING_ACCEPTANCE, S.ACCEPTED, reason=N_("还没开工，或者已经归档，不能记账。")
)

POLICY = Policy(
    {
        Can.SEE: anyone,
        Can.START: planner
        & during(
            DecisionState.POSTED,
            DecisionState.EFFECTIVE,
            reason=N_("公示中或者已经生效的决定才能立项。"),
        ),
        Can.CONTRACT: works & during(S.PLANNED, S.UNDERWAY, reason=N_("项目已经完工或者停止。")),
        Can.BEGIN: works & during(S.PLANNED, reason=N_("项目已经开工了。")),
        Can.UPDATE: (works | supervises)
        & during(S.UNDERWAY, S.AWAITING_ACCEPTANCE, reason=N_("实施期间才写进展。")),
        Can.SPEND: works & unsettled,
        Can.RAISE_BUDGET: secretary
        & during(S.PLANNED, S.UNDERWAY, S.AWAITING_ACCEPTANCE, S.ACCEPTED, reason=N_("项目已经归档。")),
        Can.MILESTONE: (works | supervises) & underway,
        Can.DELAY: works & during(S.PLANNED, S.UNDERWAY, reason=N_("项目不在实施中。")),
        Can.COMPLETE: works & underway,
        Can.INSPECT: supervises
        & during(S.AWAITING_ACCEPTANCE, reason=N_("报告完工以后才验收。"))
        & not_mine("in_charge_id", N_("自己牵头的项目，请监督小组里别的人来验收。")),
        Can.RATE: member
        & during(S.ACCEPTED, reason=N_("验收以后、归档以前可以评价。"))
        & not_mine("in_charge_id", N_("自己牵头的项目，请别人来评价。")),
        Can.CLOSE: staff & during(S.ACCEPTED, reason=N_("验收以后才能归档。")),
        Can.STOP: secretary
        & during(S.PLANNED, S.UNDERWAY, S.AWAITING_ACCEPTANCE, reason=N_("项目已经验收或者停止。")),
        Can.SEE_UPDATE: anyone,
        Can.SEE_SPENDING: anyone,
    },
    sees={Project: Can.SEE, ProjectUpdate: Can.SEE_UPDATE, Spending: Can.SEE_SPENDING},
)
"""START is asked of a decision, whose own rule says who sees it."""
