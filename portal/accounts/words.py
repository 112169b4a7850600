"""How the words of this feature are said to people."""

from ..core.text import N_
from .models import Kinship, Relation, Role, Way

ROLES = {
    Role.ADMINISTRATOR: N_("系统管理员"),
    Role.SECRETARY: N_("社区书记"),
    Role.SOCIAL_WORKER: N_("社区工作者"),
    Role.GRID_WORKER: N_("网格员"),
    Role.PROPERTY_MANAGER: N_("物业经理"),
    Role.COMMITTEE_CHAIR: N_("业委会主任"),
    Role.COMMITTEE_MEMBER: N_("业委会委员"),
    Role.MERCHANT: N_("商户代表"),
    Role.RIDER: N_("骑手代表"),
    Role.AUDITOR: N_("监督员"),
}
RELATIONS = {
    Relation.OWNER: N_("业主"),
    Relation.FAMILY: N_("家人"),
    Relation.TENANT: N_("租户"),
    Relation.WORKER: N_("在这里工作"),
}
WAYS = {
    Way.COUNTER: N_("本人到窗口"),
    Way.PHONE: N_("本人打电话"),
    Way.VISIT: N_("上门走访"),
    Way.FAMILY: N_("家人代办"),
}
KINSHIPS = {
    Kinship.SPOUSE: N_("爱人"),
    Kinship.CHILD: N_("子女"),
    Kinship.PARENT: N_("父母"),
    Kinship.SIBLING: N_("兄弟姐妹"),
    Kinship.OTHER: N_("别的亲属"),
}
"""What the relative is to the person."""
