"""Projects: started, told of, paid, finished, accepted, rated."""

from secrets import token_hex

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import db
from ...councils.words import Party
from ...projects.actions import finishing, paying, starting, telling
from ...projects.models import Milestone
from ...projects.words import SOURCE_WORD
from ..sources import Fields
from ..told import Told, TopicTold

SOURCES = {word: source for source, word in SOURCE_WORD.items()}
COMPLETE = "全部节点都完成了，请监督小组来验收。"
SUMMARY_MOST = 600


def start(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    of.in_charge = step["in_charge"]
    of.project = starting.start_project(
        actor,
        of.decision,
        title=step["title"],
        summary=of.decision.body[:SUMMARY_MOST],
        party=Party(told.actor(of.in_charge).party),
        in_charge_id=told.people[of.in_charge],
        supervisor_ids=[told.people[key] for key in step["supervisors"]],
        milestones=[starting.Step(m["title"], told.day(m["due"])) for m in step["milestones"]],
        budget=[starting.Use(line["item"], line["amount_yuan"] * 100) for line in step["budget"]],
        funding=[_share(line) for line in step["funding"]],
        once=token_hex(8),
        contractor=step.get("contractor", ""),
    )
    ids = sa.select(Milestone.id).where(Milestone.project_id == of.project.id).order_by(Milestone.position)
    of.milestones = dict(zip((m["key"] for m in step["milestones"]), db.session.scalars(ids), strict=True))


def update(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    photos = telling.Photos(
        before=told.album.pictures([step["before"]] if "before" in step else []),
        after=told.album.pictures([step["after"]] if "after" in step else []),
        on_the_way=told.album.pictures(step.get("photos", [])),
    )
    telling.post_update(actor, of.project, body=step["text"], once=token_hex(8), photos=photos)


def spend(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    paying.spend(
        actor,
        of.project,
        amount=step["amount_yuan"] * 100,
        purpose=step["purpose"],
        receipts=[told.album.picture(step["receipt"], alt=f"收据：{step['purpose']}")],
        once=token_hex(8),
        payee=of.project.contractor,
    )


def finish_milestone(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    """After the last one whoever is in charge reports the whole as complete."""
    telling.finish_milestone(
        actor,
        of.project,
        milestone_id=of.milestones[step["milestone"]],
        note=step["note"],
        once=token_hex(8),
    )
    if step["milestone"] == list(of.milestones)[-1]:
        in_charge = told.actor(of.in_charge)
        finishing.report_completion(in_charge, of.project, report=COMPLETE, once=token_hex(8))


def delay(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    telling.delay_milestone(
        actor,
        of.project,
        milestone_id=of.milestones[step["milestone"]],
        due_on=told.day(step["to"]),
        reason=step["reason"],
    )


def accept(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    finishing.accept_project(actor, of.project, finding=step["text"])


def rate(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    finishing.rate_project(actor, of.project, stars=step["stars"], body=step.get("text", ""))


def close(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    finishing.close_project(actor, of.project)


def _share(line: Fields) -> starting.Share:
    return starting.Share(SOURCES[line["source"]], line["amount_yuan"] * 100, line.get("note", ""))
