"""A poll of every method on the same question, and papers for it."""

from typing import Any

from portal.voting.papers import Choices
from portal.voting.terms import Line, Terms
from portal.voting.words import Method

PROJECTS = [
    Line("楼道灯换新", 18_000_00, "十二个单元"),
    Line("门口坡道", 13_600_00),
    Line("快递柜顶棚", 9_500_50),
    Line("沙坑围栏", 6_200_00),
]
PEOPLE = ["王秀兰", "赵强", "李敏", "康德明"]
WAYS = ["换木板", "加固基座", "拆掉改草地"]

CHOOSING = [method for method in Method if method is not Method.RESOLUTION]
"""Those that choose among options; a motion is carried or not (`test_motions`)."""

GIVEN: dict[Method, dict[str, Any]] = {
    Method.RESOLUTION: {"options": []},
    Method.PLURALITY: {"options": WAYS},
    Method.APPROVAL: {"options": WAYS, "terms": Terms(max_choices=2)},
    Method.SCORE: {"options": WAYS, "terms": Terms(lowest=1, highest=10)},
    Method.IRV: {"options": WAYS},
    Method.SCHULZE: {"options": WAYS},
    Method.RANKED_PAIRS: {"options": WAYS},
    Method.BORDA: {"options": WAYS},
    Method.STV_SCOTTISH: {"options": PEOPLE, "terms": Terms(seats=2)},
    Method.STV_MEEK: {"options": PEOPLE, "terms": Terms(seats=2)},
    Method.PB_MES: {"options": PROJECTS, "terms": Terms(budget=30_000_00)},
    Method.PB_GREEDY: {"options": PROJECTS, "terms": Terms(budget=30_000_00)},
}
"""What a draft says besides the question."""

PAPERS: dict[Method, tuple[Choices, Choices, Choices]] = {
    Method.RESOLUTION: ((1,), (1,), (0,)),
    Method.PLURALITY: ((1,), (1,), (0,)),
    Method.APPROVAL: ((1, 0), (1,), (2,)),
    Method.SCORE: ({1: 10, 0: 3}, {1: 8}, {2: 9}),
    Method.IRV: ((1, 0), (1,), (2, 1)),
    Method.SCHULZE: ((1, 0), (1, 2), (2, 1)),
    Method.RANKED_PAIRS: ((1, 0), (1, 2), (2, 1)),
    Method.BORDA: ((1, 0), (1, 2), (2, 1)),
    Method.STV_SCOTTISH: ((1, 0), (1, 2), (1, 2, 0)),
    Method.STV_MEEK: ((1, 0), (1, 2), (1, 2, 0)),
    Method.PB_MES: ((1, 2), (1, 2), (3,)),
    Method.PB_GREEDY: ((1, 2), (1, 2), (3,)),
}
"""Of three voters; the second option is elected or funded."""

FIELDS: dict[Method, dict[str, str | list[str]]] = {
    Method.RESOLUTION: {"choice": "1"},
    Method.PLURALITY: {"choice": "1"},
    Method.APPROVAL: {"choice": ["1", "0"]},
    Method.SCORE: {"score-0": "3", "score-1": "10", "score-2": ""},
    Method.IRV: {"rank-0": "2", "rank-1": "1", "rank-2": ""},
    Method.SCHULZE: {"rank-0": "2", "rank-1": "1", "rank-2": ""},
    Method.RANKED_PAIRS: {"rank-0": "2", "rank-1": "1", "rank-2": ""},
    Method.BORDA: {"rank-0": "2", "rank-1": "1", "rank-2": ""},
    Method.STV_SCOTTISH: {"rank-0": "2", "rank-1": "1", "rank-2": "", "rank-3": ""},
    Method.STV_MEEK: {"rank-0": "2", "rank-1": "1", "rank-2": "", "rank-3": ""},
    Method.PB_MES: {"choice": ["1", "2"]},
    Method.PB_GREEDY: {"choice": ["1", "2"]},
}
"""What the page sends for the first of the papers."""

MARKS: dict[Method, str] = {
    Method.RESOLUTION: "1",
    Method.PLURALITY: "1",
    Method.APPROVAL: "0,1",
    Method.SCORE: "0=3,1=10",
    **dict.fromkeys(
        (
            Method.IRV,
            Method.SCHULZE,
            Method.RANKED_PAIRS,
            Method.BORDA,
            Method.STV_SCOTTISH,
            Method.STV_MEEK,
        ),
        "1>0",
    ),
    Method.PB_MES: "1,2",
    Method.PB_GREEDY: "1,2",
}
"""How the box keeps it."""
