"""The whole loop on a phone, with the demo's own sign-ins; every page on the way is looked at."""

from collections.abc import Callable

from tests.browser.loop import Loop
from tests.browser.people import Person
from tests.browser.serving import Portal

STORY = (
    "果果妈提出议题",
    "提前把议题列入筛选",
    "社区筛选通过，转入协商",
    "请物业正式回应",
    "物业正式回应",
    "发起议事会表态",
    "进入表决",
    "表态截止，4 人投了票",
    "核定表态结果",
    "有了决定",
    "记下了决定",
    "贴出来公示",
    "开始公示",
    "有一位居民对决定提出异议",
    "答复了一条异议",
    "公示期满，决定生效",
    "立了项目，物业牵头，预算 3,200 元",
    "开始实施",
    "开工了",
    "完成一个节点，进度 50%",
    "完成一个节点，进度 100%",
    "物业报告完工",
    "王阿姨代表监督小组验收通过",
    "办好了，请大家评价",
)
"""What the topic's page tells in the end, line by line."""


def test_one_topic_goes_all_its_stops(arrive: Callable[..., Person], portal: Portal) -> None:
    looked_at: set[str] = set()

    def look(person: Person, page: str) -> None:
        if page not in looked_at:
            looked_at.add(page)
            person.is_fine()

    loop = Loop(arrive, portal, look)
    loop.whole()
    told = loop.told()
    loop.author.is_fine()
    assert len(told) == len(STORY), told
    assert [words for words, line in zip(STORY, told, strict=True) if words not in line] == [], told
