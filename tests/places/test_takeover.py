"""Rosters into the register: exactly what the file says, once, and only differences afterwards."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.actor import Actor, system
from portal.core.amounts import plain
from portal.core.db import db
from portal.core.errors import Conflict
from portal.core.eventlog import Entry
from portal.places.actions.rosters import preview_roster, take_roster
from portal.places.actions.units import correct_unit, retire_unit
from portal.places.models import Grid, Owner, OwnerSet, Place, PlaceKind, TitleChange, Unit
from portal.places.roster.reading import read_roster
from portal.places.roster.units import AreaSource, Delivery, Use
from tests.places.figures import Figures, estates_in_full, headline
from tests.places.rosterfiles import FOLDER, empty_community, expected, preview, row, table, take

pytestmark = pytest.mark.usefixtures("app")


def as_printed(estate: Figures) -> dict[str, Any]:
    """Figures of the register in the shape of the expectation."""
    uses = (Use.HOME, Use.SHOP, Use.PARKING)
    no_parking = sum(a for use, a in estate.area.items() if use is not Use.PARKING)
    return {
        "units": {u.printed: estate.units.get(u, 0) for u in uses} | {"total": estate.total},
        "area": {u.printed: plain(estate.area.get(u, 0)) for u in uses}
        | {"total": plain(estate.total_area), "total_without_parking": plain(no_parking)},
        "heads": {"parking_not_counted": estate.heads, "parking_counted": estate.heads_with_parking},
        "status": {d.printed: n for d, n in estate.delivery.items()},
    }


def wanted(told: dict[str, Any]) -> dict[str, Any]:
    return {key: told[key] for key in ("units", "area", "heads", "status")}


def unit(label: str) -> Unit:
    return db.session.scalars(
        sa.select(Unit).join(Place, Place.id == Unit.id).where(Place.label == label)
    ).one()


def count(model: type[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_the_small_roster_arrives_exactly() -> None:
    community = empty_community()
    take(community, (FOLDER / "roster-small.csv").read_bytes(), "roster-small.csv")
    (estate,) = estates_in_full(community.place_path)
    told = expected("roster-small")
    assert as_printed(estate) == wanted(told["as_imported"])
    assert estate.name == told["compound"]
    for of in told["units"]:
        tail = {"住宅": "室", "商铺": "", "车位": "号车位"}[of["use"]]
        building = f"{of['building']}号楼" if of["building"].isdigit() else of["building"]
        entrance = f"{of['entrance']}单元" if of["entrance"] else ""
        found = unit(f"{building}{entrance}{of['room']}{tail}")
        assert plain(found.exclusive_area or 0) == of["area"]
        names = db.session.scalars(sa.select(Owner.name).where(Owner.owner_set_id == found.owner_set_id))
        assert sorted(names) == sorted(of["owners"])


def test_the_whole_community_arrives_exactly_and_again_changes_nothing() -> None:
    community = empty_community()
    data = (FOLDER / "roster-dongxing.xlsx").read_bytes()
    roster = read_roster(data, "roster-dongxing.xlsx")
    first = preview_roster(system(), community, file_name="a.xlsx", digest="0" * 64, roster=roster)
    take_roster(system(), first, roster=roster)
    told = expected("roster-dongxing")
    found = {estate.name: as_printed(estate) for estate in estates_in_full(community.place_path)}
    assert found == {name: wanted(of["as_imported"]) for name, of in told["compounds"].items()}
    whole = headline(community.place_path).whole
    uses = told["in_all"]["as_imported"]
    assert (whole.homes, whole.shops, whole.parking) == (uses["住宅"], uses["商铺"], uses["车位"])
    in_grids = dict(
        db.session.execute(
            sa.select(Grid.name, sa.func.count()).join(Unit, Unit.grid_id == Grid.id).group_by(Grid.name)
        ).all()
    )
    assert sum(in_grids.values()) == whole.total
    before = [count(m) for m in (Place, Unit, OwnerSet, Owner, Grid)]
    again = preview_roster(system(), community, file_name="b.xlsx", digest="1" * 64, roster=roster)
    assert {k: again.summary[k] for k in ("added", "changed", "missing")} == {
        "added": 0,
        "changed": 0,
        "missing": 0,
    }
    take_roster(system(), again, roster=roster)
    assert [count(m) for m in (Place, Unit, OwnerSet, Owner, Grid)] == before
    corrected = sa.select(Entry.id).where(Entry.name.in_(["unit.corrected", "unit.owners_changed"]))
    assert db.session.scalars(corrected).all() == []


def test_places_are_in_the_order_people_count() -> None:
    community = empty_community()
    numbers = ("10号楼", "2号楼", "1号楼", "地下车库")
    take(community, table(*(row(f"{n}01", 楼栋=b) for n, b in enumerate(numbers, 1))))
    buildings = (
        sa.select(Place.name)
        .where(Place.kind == PlaceKind.BUILDING)
        .where(Place.place_path > community.place_path)
    )
    chosen = buildings.where(Place.place_path.startswith(community.place_path)).order_by(Place.sort_key)
    assert list(db.session.scalars(chosen)) == ["1号楼", "2号楼", "10号楼", "地下车库"]


def test_a_home_and_a_shop_of_one_number_are_two_units() -> None:
    community = empty_community()
    take(community, table(row("101"), row("101", "西宁河湟里信息科技有限公司", "", 用途="商铺")))
    (estate,) = estates_in_full(community.place_path)
    assert (estate.homes, estate.shops) == (1, 1)


CHANGES: dict[str, tuple[dict[str, str], Callable[[Unit], object], object]] = {
    "area": ({"专有面积(㎡)": "91.00"}, lambda u: u.exclusive_area, 9100),
    "source": ({"面积来源": "测绘"}, lambda u: u.area_source, "测绘"),
    "delivery": ({"交付状态": "未售"}, lambda u: u.delivery, Delivery.UNSOLD),
    "note": ({"备注": "出租"}, lambda u: u.note, "出租"),
}


@pytest.mark.parametrize("part", CHANGES)
def test_only_what_differs_is_written(part: str) -> None:
    community = empty_community()
    take(community, table(row("101"), row("102", "王芳", "19900000002")))
    kept = unit("1号楼1单元101室")
    values, read, after = CHANGES[part]
    other_before = unit("1号楼1单元102室").revision
    id_, owners, revision = kept.id, kept.owner_set_id, kept.revision
    imported = take(community, table(row("101", **values), row("102", "王芳", "19900000002")))
    assert imported.summary["changed"] == 1
    changed: Any = imported.report["changed"]
    assert [[p[0] for p in change["parts"]] for change in changed] == [[part]]
    now = unit("1号楼1单元101室")
    assert (now.id, now.owner_set_id, read(now), now.revision) == (id_, owners, after, revision + 1)
    assert unit("1号楼1单元102室").revision == other_before


def test_a_sold_home_gets_new_owners_and_keeps_its_history() -> None:
    community = empty_community()
    take(community, table(row("101"), row("102")))
    before = unit("1号楼1单元101室").owner_set_id
    imported = take(community, table(row("101", "沈佳慧", "19900000009"), row("102")))
    sold = unit("1号楼1单元101室")
    assert sold.owner_set_id != before
    assert unit("1号楼1单元102室").owner_set_id == before
    change = db.session.scalars(sa.select(TitleChange)).one()
    assert (change.unit_id, change.before_id, change.after_id) == (sold.id, before, sold.owner_set_id)
    assert change.roster_import_id == imported.id
    told = db.session.scalars(sa.select(Entry).where(Entry.name == "unit.owners_changed")).one()
    assert "沈佳慧" not in str(told.payload)


def test_owners_with_a_new_number_stay_the_same_entries() -> None:
    community = empty_community()
    take(community, table(row("101"), row("102")))
    known = list(db.session.scalars(sa.select(Owner.id).where(Owner.name == "高文博")))
    imported = take(community, table(row("101", phone="19900000077"), row("102", phone="19900000077")))
    assert imported.summary["changed"] == 2
    owners = list(db.session.scalars(sa.select(Owner).where(Owner.name == "高文博")))
    assert [o.id for o in owners] == known
    assert [o.phone for o in owners] == ["19900000077"]


def test_a_blank_cell_wipes_nothing_out() -> None:
    community = empty_community()
    take(community, table(row("101", 备注="空置")))
    imported = preview(community, table(row("101", "", "", 备注="", 网格="", 面积来源="", 楼层="")))
    assert imported.summary["changed"] == 0
    head = ("小区", "楼栋", "单元", "房号", "专有面积")
    bare = preview(community, table(("枫园", "1号楼", "1单元", "101", "90.5"), head=head))
    assert bare.summary["changed"] == 0


def test_a_home_that_became_a_shop_is_the_same_unit() -> None:
    community = empty_community()
    take(community, table(row("101"), row("102")))
    id_ = unit("1号楼1单元101室").id
    imported = take(community, table(row("101", 用途="商铺"), row("102")))
    assert {k: imported.summary[k] for k in ("added", "changed", "missing")} == {
        "added": 0,
        "changed": 1,
        "missing": 0,
    }
    shop = unit("1号楼1单元101号商铺")
    assert (shop.id, shop.use) == (id_, Use.SHOP)
    unsaid = preview(community, table(row("101", 用途=""), row("102")))
    assert (unsaid.summary["added"], unsaid.summary["changed"]) == (0, 0)


def test_a_blank_delivery_sells_nothing() -> None:
    community = empty_community()
    take(community, table(row("101", 交付状态="未售"), row("102")))
    for said in ("", "不知道"):
        assert preview(community, table(row("101", 交付状态=said), row("102"))).summary["changed"] == 0


def test_missing_units_are_listed_and_stay() -> None:
    community = empty_community()
    take(community, table(row("101"), row("102"), row("101", 小区="柳园")))
    imported = take(community, table(row("101")))
    assert [m["plate"] for m in imported.report["missing"]] == ["1号楼1单元102室"]  # type: ignore[attr-defined]
    assert unit("1号楼1单元102室").gone_on is None


def test_a_refused_row_is_not_missing() -> None:
    community = empty_community()
    take(community, table(row("101"), row("102")))
    imported = preview(community, table(row("101"), row("102", **{"专有面积(㎡)": "待测"})))
    assert (imported.summary["refuse"], imported.summary["missing"]) == (1, 0)


def test_a_retired_unit_that_stands_in_the_file_again_is_restored() -> None:
    community = empty_community()
    take(community, table(row("101"), row("102")))
    secretary = keeper(community)
    retire_unit(secretary, unit("1号楼1单元102室"))
    assert headline(community.place_path).whole.homes == 1
    take(community, table(row("101"), row("102")))
    assert unit("1号楼1单元102室").gone_on is None
    assert headline(community.place_path).whole.homes == 2


def keeper(community: Place) -> Actor:
    """A member of staff of that community."""
    path = community.place_path
    return Actor(
        id=1, name="沈佳慧", party="community", community=path, grants=frozenset({("secretary", path)})
    )


def test_a_file_is_taken_once() -> None:
    community = empty_community()
    imported = take(community, table(row("101")))
    with pytest.raises(Conflict, match="已经收进"):
        take_roster(system(), imported, roster=read_roster(table(row("101")), "roster.csv"))


def test_a_preview_that_is_out_of_date_is_not_taken() -> None:
    community = empty_community()
    data = table(row("101"))
    first, second = preview(community, data), preview(community, data)
    roster = read_roster(data, "roster.csv")
    take_roster(system(), first, roster=roster)
    with pytest.raises(Conflict, match="又改过"):
        take_roster(system(), second, roster=roster)
    third = preview(community, data)
    home = unit("1号楼1单元101室")
    correct_unit(
        keeper(community),
        home,
        revision=home.revision,
        area=9100,
        source=AreaSource.SURVEY,
        delivery=Delivery.DELIVERED,
    )
    with pytest.raises(Conflict, match="又改过"):
        take_roster(system(), third, roster=roster)


def test_nothing_is_written_by_a_preview() -> None:
    community = empty_community()
    before = [count(m) for m in (Place, Unit, Owner)]
    preview(community, table(row("101")))
    assert [count(m) for m in (Place, Unit, Owner)] == before


def test_the_developer_is_one_head_also_when_he_is_known_later() -> None:
    community = empty_community()
    firm = "青海东府置业有限公司"
    take(
        community,
        table(row("101", firm, ""), row("102", firm, "0971-0000168"), row("201", "王芳", "19900000002")),
    )
    (estate,) = estates_in_full(community.place_path)
    assert estate.heads == 2
    late = table(
        row("101", firm, ""),
        row("102", firm, ""),
        row("202", firm, "", 交付状态="未售"),
        row("201", "王芳", "19900000002"),
    )
    take(community, late)
    (estate,) = estates_in_full(community.place_path)
    assert (estate.total, estate.heads) == (4, 2)
    assert db.session.scalars(sa.select(OwnerSet.developer).join(Owner).where(Owner.name == firm)).all() == [
        True
    ]


def test_words_longer_than_the_register_holds_are_cut() -> None:
    community = empty_community()
    take(community, table(row("101", "甲" * 120, 备注="长" * 900, 网格="格" * 300, 小区="园" * 100)))
    (estate,) = estates_in_full(community.place_path)
    assert estate.homes == 1
    again = preview(
        community, table(row("101", "甲" * 120, 备注="长" * 900, 网格="格" * 300, 小区="园" * 100))
    )
    assert (again.summary["added"], again.summary["changed"]) == (0, 0)
