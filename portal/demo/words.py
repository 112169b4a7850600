"""The words of the story files in the portal's own."""

from ..accounts.models import Relation, Role
from ..councils.words import Category, TopicState

CATEGORIES: dict[str, Category] = {
    "环境卫生": Category.SANITATION,
    "停车交通": Category.PARKING,
    "电动车充电/消防": Category.CHARGING,
    "设施维修/改造": Category.REPAIR,
    "电梯": Category.LIFT,
    "物业服务与费用": Category.SERVICE,
    "公共收益/维修资金": Category.FUNDS,
    "养老助残": Category.CARE,
    "托幼儿童": Category.CHILDREN,
    "文体空间": Category.CULTURE,
    "邻里公约(噪音宠物楼道)": Category.NEIGHBOURS,
    "治安": Category.SAFETY,
    "新就业群体": Category.RIDERS,
    "商户经营": Category.SHOPS,
    "涉外/民族": Category.FOREIGN,
    "慈善互助": Category.CHARITY,
    "其他": Category.OTHER,
}

POSTS: dict[str, tuple[Role, str]] = {
    "secretary": (Role.SECRETARY, "社区书记"),
    "social_worker": (Role.SOCIAL_WORKER, "社区工作者"),
    "grid_worker": (Role.GRID_WORKER, "网格员"),
    "property_manager": (Role.PROPERTY_MANAGER, "项目经理"),
    "property_engineer": (Role.PROPERTY_MANAGER, "工程主管"),
    "committee_chair": (Role.COMMITTEE_CHAIR, "业委会主任"),
    "committee_member": (Role.COMMITTEE_MEMBER, "业委会委员"),
    "merchant": (Role.MERCHANT, "商户"),
    "rider": (Role.RIDER, "骑手"),
}
"""Role of people.yaml → the post, and its title on the name plate. Other roles say how somebody belongs to his unit."""

RELATIONS: dict[str, Relation] = {"owner": Relation.OWNER, "tenant": Relation.TENANT}

STAGES: dict[tuple[str, str], tuple[TopicState, ...]] = {
    ("征集", ""): (TopicState.GATHERING,),
    ("筛选", "open"): (TopicState.SCREENING,),
    ("筛选", "declined"): (TopicState.DECLINED,),
    ("筛选", "merged"): (TopicState.MERGED,),
    ("筛选", "referred"): (TopicState.REFERRED,),
    ("协商", ""): (TopicState.DELIBERATING,),
    ("表决", ""): (TopicState.VOTING,),
    ("公示", ""): (TopicState.DECIDED, TopicState.POSTED),
    ("实施", ""): (TopicState.CARRIED_OUT,),
    ("评价", ""): (TopicState.RATING, TopicState.CLOSED),
}
"""(stage, end) of a story → the states its topic may stand in after the last step."""

VERDICTS: dict[str, tuple[str | int, ...]] = {
    "passed": ("passed", "0.00", 0),
    "short": ("rejected", "0.01", 0),
    "vacant": (4, 1),
}
"""End of a counted vote → the verdict on every matter, and what those who agree are short of in m² and heads; of an
election the seats filled and the seats vacant."""
