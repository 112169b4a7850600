"""Names that look alike, texts that tell of one thing."""

import pytest

from portal.core.alike import close, groups, looks


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("王 秀·兰", "王秀兰", True),
        ("Ｌi0", "LIO", True),
        ("\u0430nna", "ANNA", True),
        ("未来", "末来", True),
        ("小\u200b花", "小花", True),
        ("小花", "小草", False),
    ],
)
def test_what_the_eye_takes_for_one_another(one: str, other: str, alike: bool) -> None:
    assert (looks(one) == looks(other)) is alike


def test_texts_that_share_most_of_what_the_shorter_says() -> None:
    texts = (
        "3号楼东侧路灯不亮",
        "报来 3 号楼东侧的路灯不亮了，已核实。",
        "7号楼北侧井盖松动",
        "7号楼北侧的井盖又松动了",
        "",
    )
    assert close(texts) == [(0, 1), (2, 3)]
    assert groups(5, [(0, 1), (3, 1), (2, 4)]) == [[0, 1, 3], [2, 4]]
