"""Lists: every row once in both directions, whatever comes in the address."""

from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest
import sqlalchemy as sa

from portal.core import listing as listings
from portal.core.listing import Column, Filter, Listing, Page, Sort
from tests.core.conftest import Make
from tests.core.things import Can, State, Thing
from tests.world import NOW, World

LISTING = Listing(
    model=Thing,
    select=sa.select(Thing.id, Thing.title, Thing.at, Thing.amount, Thing.state, Thing.open_day),
    sorts=(
        Sort("new", "最新", Thing.at),
        Sort("cheap", "便宜", Thing.amount, descending=False),
        Sort("name", "名称", Thing.title, descending=False),
        Sort("day", "日期", Thing.open_day),
    ),
    columns=(Column("名称", lambda row: row.title),),
    filters=(
        Filter(
            "state",
            "状态",
            lambda actor: [(s.value, s.value) for s in State],
            lambda v: Thing.state == State(v),
        ),
    ),
    search=(Thing.title,),
    size=3,
)
SORTS = [sort.key for sort in LISTING.sorts]


def asked(query: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(query.removeprefix("?")).items()}


def read(world: World, query: str = "") -> Page:
    return LISTING.read(world.owner, asked(query))


@pytest.fixture
def eight(make: Make) -> list[int]:
    """Eight things with many ties in every sort."""
    made = [
        make(
            "estate",
            title=f"t{n // 3}",
            amount=n // 4,
            at=NOW + timedelta(hours=n // 3),
            open_day=date(2026, 6, 1 + n // 5),
        )
        for n in range(8)
    ]
    return [thing.id for thing in made]


@pytest.mark.parametrize("sort", SORTS)
def test_forward_and_back_over_ties(sort: str, eight: list[int], world: World) -> None:
    page, forward = read(world, f"sort={sort}"), []
    assert page.previous == ""
    while True:
        forward.append([row.id for row in page.rows])
        if not page.next:
            break
        page = read(world, page.next)
    assert [len(ids) for ids in forward] == [3, 3, 2]
    assert sorted(number for ids in forward for number in ids) == eight
    back = []
    while True:
        back.append([row.id for row in page.rows])
        if not page.previous:
            break
        page = read(world, page.previous)
    assert back[::-1] == forward
    assert page.previous == ""
    assert page.next


def test_going_back_to_the_first_page_shows_no_page_before(eight: list[int], world: World) -> None:
    second = read(world, read(world).next)
    first = read(world, second.previous)
    assert [r.id for r in first.rows] == [r.id for r in read(world).rows]
    assert (first.previous, bool(first.next)) == ("", True)


def test_a_full_last_page_has_no_next(eight: list[int], make: Make, world: World) -> None:
    make("estate")
    page = read(world)
    for _ in range(2):
        page = read(world, page.next)
    assert len(page.rows) == 3
    assert page.next == ""


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("direction", ["after", "before"])
@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "~",
        "1~",
        "~5",
        "x~y",
        "1~2026-99-99",
        "9" * 40 + "~1",
        "1~" + "9" * 40,
        "1~%00",
        "1~" + "月" * 300,
        "-1~-1~",
    ],
)
def test_a_cursor_nobody_wrote_is_no_error(
    cursor: str, direction: str, sort: str, eight: list[int], world: World
) -> None:
    page = read(world, f"sort={sort}&{direction}={cursor}")
    assert len(page.rows) <= 3
    assert isinstance(page.next + page.previous, str)


@pytest.mark.parametrize("direction", ["after", "before"])
def test_an_unreadable_cursor_is_the_first_page(direction: str, eight: list[int], world: World) -> None:
    page = read(world, f"{direction}=nonsense")
    assert [r.id for r in page.rows] == [r.id for r in read(world).rows]
    assert page.previous == ""


def test_a_page_that_became_empty_leads_to_the_first(eight: list[int], world: World) -> None:
    page = read(world, f"after=0~{(NOW - timedelta(days=1)).isoformat().replace('+', '%2B')}")
    assert page.rows == []
    assert page.next == ""
    assert page.previous == "?"


def test_only_visible_rows(make: Make, world: World) -> None:
    make("other_unit")
    seen = make("101")
    assert [r.id for r in read(world).rows] == [seen.id]
    assert read(world).total == 1


def test_only_rows_one_may_do_something_to(make: Make, world: World) -> None:
    own = make("101", author="owner")
    make("101", author="chair")
    mine = Listing(LISTING.model, LISTING.select, LISTING.sorts, (), permission=Can.CHANGE)
    assert [r.id for r in mine.read(world.owner, {}).rows] == [own.id]


def test_filters_take_their_choices_and_nothing_else(make: Make, world: World) -> None:
    draft, opened = make("101"), make("101", state=State.OPEN)
    assert [r.id for r in read(world, "state=open").rows] == [opened.id]
    assert {r.id for r in read(world, "state=burned").rows} == {draft.id, opened.id}
    assert read(world, "state=open").filtered
    assert not read(world, "sort=new").filtered


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("50%", ["涨50%"]), ("%", ["涨50%"]), ("_", ["a_b"]), ("a_b", ["a_b"]), ("axb", ["axB"]), ("\\", ["c\\d"]),
        ("AXB", ["axB"]), ("涨 0", ["涨50%"]), ("没有", []), ("\0", ["a_b", "axB", "c\\d", "涨50%"]),
        ("'; DROP TABLE thing --", []),
    ],
)  # fmt: skip
def test_search(word: str, found: list[str], make: Make, world: World) -> None:
    for title in ("涨50%", "a_b", "axB", "c\\d"):
        make("101", title=title)
    rows = LISTING.read(world.owner, {"q": word, "sort": "name"}).all_rows()
    assert sorted(r.title for r in rows) == sorted(found)


def test_a_list_without_search_ignores_the_word(make: Make, world: World) -> None:
    make("101")
    bare = Listing(LISTING.model, LISTING.select, LISTING.sorts, ())
    assert len(bare.read(world.owner, {"q": "nothing"}).rows) == 1


def test_the_total_stops_counting(make: Make, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "COUNTED", 2)
    for _ in range(5):
        make("101")
    assert read(world).total == 3


def test_links_keep_what_was_asked_and_start_over(eight: list[int], world: World) -> None:
    page = read(world, f"q=t&state=draft&sort=cheap&format=csv&{read(world, 'q=t&sort=cheap').next[1:]}")
    assert asked(page.query(sort="new")) == {"q": "t", "state": "draft", "sort": "new"}
    assert asked(page.query(q="")) == {"state": "draft", "sort": "cheap"}


def test_a_page_costs_one_query_and_none_if_not_shown(
    eight: list[int], world: World, statements: list[str]
) -> None:
    actor = world.owner
    del statements[:]
    page = LISTING.read(actor, {})
    assert statements == []
    assert (len(page.rows), bool(page.next), page.previous) == (3, True, "")
    assert len(statements) == 1


def test_a_file_has_all_rows_in_order(eight: list[int], world: World) -> None:
    rows = read(world, "sort=cheap").all_rows()
    assert [(r.amount, r.id) for r in rows] == sorted((r.amount, r.id) for r in rows)
    assert len(rows) == 8
    assert len(read(world).all_rows(limit=5)) == 5


def test_a_list_can_be_narrowed_by_what_an_index_serves(eight: list[int], world: World) -> None:
    narrow = Listing(LISTING.model, LISTING.select, LISTING.sorts, (), within=lambda actor: Thing.amount == 1)
    page = narrow.read(world.owner, {})
    assert [row.id for row in page.rows] == sorted(eight[4:], reverse=True)
    assert page.total == 4


def test_the_statement_of_a_page_is_made_once_and_its_cursor_is_its_own(
    eight: list[int], world: World
) -> None:
    first, made = read(world), listings.turned.cache_info  # type: ignore[attr-defined]
    second = read(world, first.next)
    shown = [row.id for row in (*first.rows, *second.rows)]
    misses = made().misses
    assert [row.id for row in (*read(world).rows, *read(world, first.next).rows)] == shown
    assert len(set(shown)) == 6
    assert made().misses == misses
