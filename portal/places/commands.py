"""The command line of places: `flask places community`, `flask roster import`."""

import json
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask, current_app

from ..core import commandline
from ..core.actor import system
from ..core.commandline import refused
from ..core.db import db
from ..core.errors import Refusal
from . import reading, register
from .actions.communities import open_community
from .actions.rosters import preview_roster, take_roster
from .changes import compare
from .kept import RosterStore
from .models import Place, PlaceKind
from .roster.findings import Action
from .roster.preview import preview_json
from .roster.units import Roster

places = commandline.Group("places", help="Communities and what lies in them.")
roster = commandline.Group(
    "roster", help="Rosters: the spreadsheets in which a community keeps its units and owners."
)


def init_app(app: Flask) -> None:
    app.cli.add_command(places)
    app.cli.add_command(roster)


@places.command("community")
@click.argument("name")
def community(name: str) -> None:
    """Open a community called NAME."""
    try:
        place = open_community(system(), name=name)
    except Refusal as refusal:
        raise refused(str(refusal)) from None
    click.echo(f"{place.name}\t{place.place_path}")


@roster.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--community", "name", default="", help="Name of the community; not needed if there is only one."
)
@click.option("--estate", default="", help="Estate of sheets that do not name one.")
@click.option("--json", "as_json", is_flag=True, help="Print the preview as JSON.")
@click.option("--commit", is_flag=True, help="Take the file over. Without it nothing is written.")
def import_roster(file: Path, name: str, estate: str, as_json: bool, commit: bool) -> None:
    """Read FILE and print what it holds: units, areas and heads by estate, and every row that was repaired,
    skipped or refused. Nothing is written without --commit."""
    try:
        data = _bytes(file)
        read = reading.read(data, file.name, estate)
        place = community_called(name) if commit or name else None
    except Refusal as refusal:
        raise refused(str(refusal)) from None
    against = _against(place, read) if place else {}
    if as_json:
        told = preview_json(read) | ({"register": against} if place else {})
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        click.echo(_table(read) + (f"\n{_differences(against)}" if place else ""))
    if commit and place is not None:
        _take(place, data, read, file.name, estate)


def _take(place: Place, data: bytes, read: Roster, file_name: str, estate: str) -> None:
    digest = RosterStore(current_app.config["INSTANCE"]).keep(data)
    try:
        imported = preview_roster(
            system(), place, file_name=file_name, digest=digest, roster=read, estate=estate
        )
        take_roster(system(), imported, roster=read)
    except Refusal as refusal:
        raise refused(str(refusal)) from None
    click.echo(f"已收进{place.name}的台账。{_differences(imported.summary)}", err=True)


def _against(place: Place, read: Roster) -> dict[str, int]:
    """How many units the file would add, change and leave, and how many of the register it does not name."""
    changes = compare(register.read(place.place_path).units, read)
    counts = {"added": len(changes.added), "changed": len(changes.changed), "unchanged": changes.unchanged}
    return counts | {"missing": len(changes.missing)}


def _differences(said: dict[str, int]) -> str:
    return (
        f"新增 {said['added']} 套，改动 {said['changed']} 套，没有变 {said['unchanged']} 套，"
        f"名册里没有的 {said['missing']} 套（不动它们）。"
    )


def _bytes(file: Path) -> bytes:
    """What is in the file. Raises a refusal if it cannot be opened."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refusal(f"打不开 {file}：{error.strerror}。") from error


def community_called(name: str) -> Place:
    """The community of this name, or the only one. Raises a refusal that says which there are."""
    chosen = sa.select(Place).where(Place.kind == PlaceKind.COMMUNITY).order_by(Place.id)
    every = list(db.session.scalars(chosen))
    found = [p for p in every if p.name == name] if name else every
    if len(found) != 1:
        known = "、".join(p.name for p in every) or "还没有，先用 flask places community 建一个"
        raise Refusal(f"请用 --community 指明社区。现有：{known}。")
    return found[0]


def _table(read: Roster) -> str:
    """The preview for people."""
    out: list[str] = []
    told = preview_json(read, units=False)
    for estate, figures in told["compounds"].items():
        out.append(_estate(estate, figures["as_imported"]))
    words = {Action.REFUSE: "没有收", Action.REPAIR: "改正后收下", Action.SKIP: "跳过"}
    for action, word in words.items():
        found = [f for f in read.findings if f.action is action]
        out.append(f"{word}：{len(found)} 行")
        out += [f"  {f.sheet}：{f.text}" for f in found]
    return "\n".join(out)


def _estate(name: str, figures: dict[str, Any]) -> str:
    units = "，".join(f"{use} {count}" for use, count in figures["units"].items() if use != "total")
    heads = figures["heads"]
    return (
        f"{name}：{figures['units']['total']} 套（{units}），{figures['area']['total']} ㎡；"
        f"业主人数 {heads['parking_not_counted']}（计车位 {heads['parking_counted']}）"
    )
