"""Which letters name the same agent."""

import pytest

from portal.assembly.agents import Letter, by_agent, same_name

A, B = "19900000001", "19900000002"


@pytest.mark.parametrize(
    ("letters", "agents"),
    [
        ([(1, 5, A, "赵强"), (2, 5, A, "赵强")], [1, 1]),
        ([(1, 5, A, "赵强"), (2, None, A, "赵小强")], [1, 1]),
        ([(1, 5, A, "赵强"), (2, None, "", "赵 强")], [1, 1]),
        ([(1, None, "", "赵强"), (2, 5, A, "赵强"), (3, None, B, "赵强")], [1, 1, 3]),
        ([(1, None, A, "赵强"), (2, None, B, "赵强")], [1, 2]),
        ([(1, None, "", "赵强"), (2, None, "", "赵强"), (3, None, "", "周梅")], [1, 1, 3]),
        ([(1, 5, "", "赵强"), (2, 5, A, "赵强"), (3, None, A, "老赵")], [1, 1, 1]),
        ([(1, 5, A, "赵强"), (2, 6, B, "赵强"), (3, None, "", "赵强")], [1, 2, 1]),
    ],
)
def test_by_account_by_phone_and_by_name(
    letters: list[tuple[int, int | None, str, str]], agents: list[int]
) -> None:
    found = by_agent(Letter(*letter) for letter in reversed(letters))
    assert [found[letter[0]] for letter in letters] == agents


def test_names_are_compared_without_spaces_and_widths() -> None:
    assert same_name(" 陈 立军　") == same_name("陈立军")
    assert same_name("ＡＢ Co") == same_name("abco")
    assert same_name("赵强") != same_name("赵小强")
