"""Points for the tests of the house: a programme with its table, wallets, and entries of every kind."""

import io
from typing import Any

from PIL import Image

from portal.core.db import db
from portal.core.files import StoredFile, keep_photo
from portal.places.models import Place
from portal.points.actions.answering import answer_appeal, appeal, join_board
from portal.points.actions.granting import ask_grant, give_grant
from portal.points.actions.rewarding import approve_reward, note_payment, open_fund, propose_reward
from portal.points.actions.sampling import draw_due
from portal.points.models import Rate, Rule, Sample
from portal.points.words import Deed
from tests.points.conftest import TODAY, Books, open_books


def photo(colour: str) -> Any:
    out = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(out, "JPEG")
    return keep_photo(out.getvalue(), "门锁.jpg", "换好的门锁")


def of_points(rows: Any) -> None:
    books = open_books(rows.world)
    rows.named["books"] = books
    rows.add(books.programme, "programme")
    rows.add(books.pool, "pool")
    for line in db.session.query(Rule).filter_by(programme_id=books.programme.id).order_by(Rule.id):
        rows.add(line)
    entries(rows, books)
    for name in ("owner", "tenant"):
        rows.add(books.wallet(name), f"wallet_{name}")
    around(rows, books)
    of_rewards(rows)


def of_rewards(rows: Any) -> None:
    """A fund with one reward that waits, one that is approved and one that was paid."""
    world = rows.world
    place = world.get(Place, "community")
    rates = [("隐患", 5000), ("纠纷", 10000)]
    fund = rows.add(
        open_fund(world.secretary, place, name="随手报奖励", source="民生资金", budget=100_000, rates=rates)
    )
    kind = db.session.query(Rate).filter_by(fund_id=fund.id).order_by(Rate.id).limit(1).one()
    for number, name in enumerate(("owner", "tenant", "chair")):
        given = {
            "payee": "王秀兰",
            "what": "报了充电隐患。",
            "once": f"house{number}",
            "user_id": world.ids[name],
        }
        reward = rows.add(propose_reward(world.worker, fund, rate_id=kind.id, **given))
        if number:
            approve_reward(world.secretary, reward)
    note_payment(world.worker, reward, paid_on=TODAY, receipt="2026-001")


def around(rows: Any, books: Books) -> None:
    """Grants that wait and are given, appeals that wait and are answered, the board, and a sample."""
    world, programme = rows.world, books.programme
    for number, name in enumerate(("owner", "tenant", "chair")):
        grant = ask_grant(
            world.worker, programme, deed=Deed.SKILL, shares={world.ids[name]: 5}, reason="帮老人换了门锁。",
            once=f"house{number}", photos=[photo(("teal", "navy", "olive")[number])],
        )  # fmt: skip
        rows.add(grant)
        for file in db.session.query(StoredFile).filter_by(subject=f"points_grant:{grant.id}"):
            rows.addresses += [
                {"points_grant_id": grant.id, "file_id": file.id, "size": size} for size in ("full", "thumb")
            ]
        if name == "owner":
            give_grant(world.secretary, grant)
    for name in ("owner", "tenant"):
        said = rows.add(appeal(world.actor(name), rows.named[f"earned_{name}"], text="少记了一个小时。"))
        join_board(world.actor(name), programme, nickname=f"热心邻居{name}")
    answer_appeal(world.worker, said, upheld=False, answer="签到记录是一个小时。")
    draw_due(books.later(20).clock())
    for sample in db.session.query(Sample).order_by(Sample.id):
        rows.add(sample)


def entries(rows: Any, books: Books) -> None:
    """Of two people: earned, held, given back, redeemed, put right, lapsed."""
    for name in ("owner", "tenant"):
        rows.add(books.earn(name, 20, f"house {name}", note="清理楼道"), f"earned_{name}")
        books.reverse(books.earn(name, 2, f"house odd {name}"))
        books.earn(name, 3, f"house old {name}", lasts=books.day)
        books.lapse(name)
        rows.add(books.hold(name, 4, f"house held {name}", note="在早餐店换豆浆"), f"held_{name}")
        books.release(books.hold(name, 4, f"house back {name}"))
        rows.add(books.redeem(name, 6, f"house spent {name}"), f"spent_{name}")
