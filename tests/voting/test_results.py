"""The result page of every method: the verdict first, the steps with their bars, the tables, and the files."""

import csv
import hashlib
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from portal.core.db import transaction
from portal.voting import box
from portal.voting.actions.casting import cast_ballot
from portal.voting.models import Poll
from portal.voting.papers import KIND, Choices, Kind
from portal.voting.terms import Line, Terms
from portal.voting.words import Method
from tests.conftest import Client, Statements
from tests.voting.conftest import VOTERS, Draft
from tests.voting.test_pages import closed, soup, text
from tests.world import World

OPTIONS = [Line("换木板", 40_000), Line("加固基座", 70_000), Line("拆掉改草地", 35_000)]
TERMS = {
    Kind.BUDGET: Terms(budget=100_000),
    Kind.RANKING: Terms(seats=2),
}
PAPERS: dict[Kind, list[Choices]] = {
    Kind.ONE: [(0,), (0,), (1,), ()],
    Kind.SEVERAL: [(0, 1), (0,), (1, 2), (0, 2)],
    Kind.SCORES: [{0: 5, 1: 2}, {0: 4}, {1: 3, 2: 1}, {}],
    Kind.RANKING: [(0, 1), (0, 2), (1, 0), ()],
    Kind.BUDGET: [(0,), (0, 2), (1,), ()],
}


@pytest.fixture(params=list(Method))
def done(request: pytest.FixtureRequest, world: World, opened: Draft) -> Poll:
    """Closed with the first option ahead (for the seats: elected first)."""
    method = request.param
    kind = KIND[method]
    poll = opened(method=method, options=OPTIONS, terms=TERMS.get(kind, Terms()))
    for name, paper in zip(VOTERS, PAPERS[kind], strict=True):
        cast_ballot(world.actor(name), poll, choices=paper, once=f"once-{name}")
    closed(poll)
    return poll


class TestThePage:
    def test_the_verdict_comes_first_then_how(self, client: Client, done: Poll) -> None:
        page = soup(client.sign_in("visitor").get(f"/polls/{done.id}"))
        verdict = page.select_one(".verdict")
        assert verdict is not None
        motion = done.method is Method.RESOLUTION
        assert ("通过" if motion else "有了结果") in verdict.get_text()
        assert ("同意" if motion else "换木板") in verdict.get_text()
        assert "名册上 4 人，4 人投了票" in verdict.get_text().replace("\xa0", " ")
        headings = [h.get_text(strip=True) for h in page.select("main h2")]
        assert headings.index("怎么算出来的") < headings.index("全部数字") < headings.index("多少人投了票")

    def test_bars_are_words_too(self, client: Client, done: Poll) -> None:
        """A drawn bar is hidden from screen readers; name, figure and fate stand beside it as text."""
        page = soup(client.sign_in("visitor").get(f"/polls/{done.id}"))
        bars = page.select(".vbar")
        assert bars
        for bar in bars:
            track, head = bar.select_one(".vbar__track"), bar.select_one(".vbar__head")
            assert track is not None
            assert head is not None
            assert track["aria-hidden"] == "true"
            assert any(c.isdigit() for c in head.get_text())
            chosen = "够了" if done.method is Method.RESOLUTION else "选上"
            assert {"in": chosen, "out": "退出", "tied": "并列"}.get(
                str(bar["data-fate"]), ""
            ) in head.get_text()
        assert {str(b["data-fate"]) for b in bars} >= {"in"}

    def test_every_table_is_named_and_headed(self, client: Client, done: Poll) -> None:
        for table in soup(client.sign_in("visitor").get(f"/polls/{done.id}")).select("main table"):
            assert table.select_one("caption") is not None
            assert len({len(tr.select("th,td")) for tr in table.select("tr")}) == 1
            assert all(tr.select_one("th[scope=row]") for tr in table.select("tbody tr"))

    def test_the_topic_says_the_same(self, client: Client, done: Poll) -> None:
        client.sign_in("visitor")
        verdict = soup(client.get(f"/polls/{done.id}")).select_one(".verdict__text")
        assert verdict is not None
        said = verdict.get_text().replace("\xa0", " ")
        assert said in soup(client.get(f"/topics/{done.topic_id}")).get_text().replace("\xa0", " ")

    def test_english_is_english(self, world: World, client: Client, done: Poll) -> None:
        client.sign_in("visitor")
        page = soup(client.get(f"/polls/{done.id}", headers={"Accept-Language": "en"}))
        for how in page.select("#h-how, .section__head p, .vbar__fate, thead th, caption"):
            said = how.get_text()
            for line in OPTIONS:
                said = said.replace(line.title, "")
            assert not any("一" <= c <= "鿿" for c in said), said

    def test_few_questions(self, client: Client, statements: Statements, done: Poll) -> None:
        client.sign_in("visitor").get(f"/polls/{done.id}")
        del statements[:]
        client.get(f"/polls/{done.id}")
        assert len(statements) <= 2, statements


class TestFiles:
    def test_the_table_as_csv(self, client: Client, done: Poll) -> None:
        reply = client.sign_in("visitor").get(f"/polls/{done.id}/result.csv")
        rows = list(csv.reader(io.StringIO(reply.get_data().decode("utf-8-sig"))))
        assert {len(row) for row in rows} == {len(rows[0])}
        by_name = {row[0]: row for row in rows[1:]}
        assert set(box.titles(done.id)) <= set(by_name)
        assert (by_name["投票人数"][1], by_name["名册人数"][1]) == ("4", "4")

    def test_the_table_for_spreadsheet_programs(self, client: Client, done: Poll) -> None:
        reply = client.sign_in("visitor").get(f"/polls/{done.id}/result.xlsx")
        sheet = load_workbook(io.BytesIO(reply.get_data())).worksheets[0]
        rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
        assert rows["名册人数"][1] == 4
        assert box.titles(done.id)[0] in rows


@pytest.mark.parametrize("method", list(Method))
def test_nobody_voted(client: Client, opened: Draft, method: Method) -> None:
    poll = opened(method=method, options=OPTIONS, terms=TERMS.get(KIND[method], Terms()))
    closed(poll)
    words = text(client.sign_in("visitor").get(f"/polls/{poll.id}"))
    assert ("没有人投票" if method is Method.RESOLUTION else "没有一张有效票") in words
    assert client.get(f"/polls/{poll.id}/result.csv").status_code == 200


def test_a_formula_in_a_title_stays_text(client: Client, opened: Draft, world: World) -> None:
    poll = opened(options=["=1+1", "换木板"])
    cast_ballot(world.owner, poll, choices=(0,), once="one")
    closed(poll)
    sheet = client.sign_in("visitor").get(f"/polls/{poll.id}/result.csv").get_data(as_text=True)
    assert "'=1+1" in sheet


def test_results_are_not_counted_on_view(client: Client, opened: Draft, world: World) -> None:
    poll = opened(method=Method.IRV)
    cast_ballot(world.owner, poll, choices=(0,), once="one")
    closed(poll)
    tally: dict[str, Any] = poll.tally or {}
    with transaction():
        poll.tally = {**tally, "valid": 7}
    reply = client.sign_in("visitor").get(f"/polls/{poll.id}/count.json")
    assert reply.get_json()["expected"]["valid"] == 7


def test_everybody_takes_the_program_and_a_file_of_its_own_name(
    client: Client, opened: Draft, tmp_path: Path
) -> None:
    poll = opened(method=Method.IRV)
    closed(poll)
    client.sign_in(None)
    got = client.get("/recount.pyz")
    assert (got.status_code, got.headers["Cache-Control"]) == (200, "public, max-age=3600")
    assert "Set-Cookie" not in got.headers
    page = client.get(f"/polls/{poll.id}").get_data(as_text=True)
    assert hashlib.sha256(got.data).hexdigest() in page.replace("<wbr>", "")
    name = f"poll-{poll.id}-count.json"
    assert page.index(f"python3 recount.pyz {name}") < page.index(f"flask recount {name}")
    again = client.get("/recount.pyz", headers={"If-None-Match": got.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    file = client.get(f"/polls/{poll.id}/count.json")
    assert f'filename="{name}"' in file.headers["Content-Disposition"]
    (tmp_path / "recount.pyz").write_bytes(got.data)
    (tmp_path / name).write_bytes(file.data)
    line = [sys.executable, "-I", "-S", "recount.pyz", name]
    assert subprocess.run(line, cwd=tmp_path, check=False, capture_output=True).returncode == 0
