"""The demo's people live where the roster says, and its pictures are there, light and described."""

import re

import pytest
from openpyxl import load_workbook
from PIL import Image

from .stories import DEMO, PEOPLE, PICTURES, actors, every
from .votes import shown

Roster = dict[tuple[str, str, str, str], str]


@pytest.fixture(scope="module")
def roster() -> Roster:
    """(estate, building, entrance, room) → the owner's name as printed, from the demo's own workbook."""
    book = load_workbook(DEMO / "roster-dongxing.xlsx", read_only=True)
    units: Roster = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=4, values_only=True):
            if row[4] is not None:
                building, entrance = (re.sub(r"(号楼|单元)$", "", str(row[i] or "")) for i in (1, 2))
                owners = "、".join(str(row[i]) for i in (8, 9) if row[i])
                units.setdefault((sheet.title, building, entrance, str(row[4])), owners)
    book.close()
    return units


def test_units_buildings_and_owners_stand_in_the_roster(roster: Roster) -> None:
    for key, person in PEOPLE.items():
        for unit in (person[name] for name in ("unit", "shop") if name in person):
            owners = roster[unit["estate"], unit["building"], unit["entrance"], unit["room"]]
            assert unit["register"] == owners, key
            assert person["name"] in owners.split("、") or unit.get("note"), key
    buildings = {(estate, building) for estate, building, _, _ in roster}
    for _, step in every("raise"):
        assert "building" not in step or (step["estate"], step["building"]) in buildings
        assert "estate" not in step or step["estate"] in {estate for estate, _ in buildings}


def test_people_are_complete_and_reachable_on_invented_numbers_only() -> None:
    phones = [p["phone"] for p in PEOPLE.values()]
    assert len(phones) == len(set(phones))
    assert all(re.fullmatch(r"1990000\d{4}", phone) for phone in phones)
    for person in PEOPLE.values():
        assert {"name", "nickname", "party", "roles", "phone", "language", "about"} <= set(person)
        assert person["party"] in {"resident", "committee", "property", "community", "merchant", "other"}
    assert {name for _, s in every() for name in actors(s)} == set(PEOPLE), "somebody never appears"


SIGNED = {"tally-sheet"}
"""Kept with every count whose table signs on paper."""


def test_pictures_exist_are_light_described_and_used() -> None:
    used = {p for _, s in every() for field in ("photos", "attach") for p in s.get(field, [])}
    used |= {s[field] for _, s in every() for field in ("before", "after", "receipt") if field in s}
    used |= shown() | SIGNED
    assert used <= set(PICTURES)
    assert len(PICTURES) >= 26
    for key, picture in PICTURES.items():
        file = DEMO / "pictures" / picture["file"]
        assert file.stat().st_size <= 120 * 1024, key
        with Image.open(file) as image:
            assert image.size == (1200, 900)
        assert (DEMO / "pictures" / picture["source"]).read_text(encoding="utf-8").startswith("<svg")
    assert len({p["alt"] for p in PICTURES.values()}) == len(PICTURES)
    assert sorted(p.name for p in (DEMO / "pictures").glob("*.jpg")) == sorted(
        p["file"] for p in PICTURES.values()
    )
    assert set(PICTURES) - used == set(), "drawn and never shown"
