"""One row and more of every kind in the test's community, and the addresses that name them.

A feature with rows of its own adds a function here and its name to `STORY`; `tests/house` then asks of them what
holds for all: strangers find nothing, pages keep their budget, the three readings of a rule agree.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from PIL import Image
from werkzeug.datastructures import FileStorage

from portal.accounts.actions.acting import start_acting
from portal.accounts.actions.cards import issue_cards
from portal.accounts.actions.relatives import agree, name_relative
from portal.accounts.models import Code, Grant, Kinship, Membership, Relation, User, Way
from portal.core import clock
from portal.core.db import db
from portal.core.eventlog import Entry
from portal.core.files import Kept, StoredFile, keep_photo, keep_voice
from portal.councils.actions.raising import OptionDraft, raise_topic
from portal.councils.actions.responding import ask_response, give_response
from portal.councils.actions.screening import accept_topic, decline_topic, take_up
from portal.councils.actions.support import endorse
from portal.councils.actions.table import found_council, give_seat
from portal.councils.models import Topic
from portal.councils.words import Category, Party
from portal.decisions.actions.objecting import object_to
from portal.decisions.actions.posting import post_decision
from portal.decisions.actions.recording import record_decision
from portal.decisions.models import Decision
from portal.decisions.words import Basis
from portal.discussion.actions.moderating import hide_comment
from portal.discussion.actions.reporting import appeal, report_comment
from portal.discussion.actions.speaking import speak
from portal.discussion.words import Reason, Uptake
from portal.places.actions.grids import add_grid
from portal.places.actions.rosters import preview_roster
from portal.places.models import Place, Unit
from portal.places.roster.reading import read_roster
from portal.plans.actions import Answer, answer_opinions, publish_draft
from portal.projects.actions.finishing import accept_project, report_completion
from portal.projects.actions.paying import spend
from portal.projects.actions.starting import Share, Step, Use, start_project
from portal.projects.actions.telling import Photos, finish_milestone, post_update
from portal.projects.models import Milestone, Project
from portal.projects.words import Source
from portal.voting.actions.casting import cast_ballot
from portal.voting.actions.closing import close_poll
from portal.voting.actions.opening import draft_poll, open_poll
from portal.voting.actions.ties import announce_lot
from portal.voting.models import Poll, PollVoter
from portal.voting.terms import Line, Terms
from portal.voting.words import Method, Secrecy
from tests.core.sounds import wav
from tests.house.awards import of_awards
from tests.house.meetings import of_meetings
from tests.house.minutes import of_minutes
from tests.house.owners_votes import of_assembly
from tests.house.partners import of_partners
from tests.house.points import of_points
from tests.house.surveys import of_surveys
from tests.house.volunteering import of_volunteering
from tests.places.rosterfiles import row, table
from tests.world import NOW, World

Address = dict[str, int | str]
"""Arguments of an address: `{"topic_id": 3, "comment_id": 7}`."""


WORKS = ("built", "reported", "accepted")
"""Topics whose decision becomes a project."""


@dataclass
class Rows:
    """What was made. `things` are rows of all models; `addresses` name them as routes do."""

    world: World
    things: list[Any] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    named: dict[str, Any] = field(default_factory=dict)

    def add(self, thing: Any, name: str = "", **above: int | str) -> Any:
        """Keep a row; `above` are other arguments that an address of it may have."""
        self.things.append(thing)
        self.addresses.append({f"{thing.__tablename__}_id": thing.id, **above})
        if name:
            self.named[name] = thing
        return thing

    def for_rule(self, arguments: set[str]) -> list[Address]:
        """The addresses that fill all arguments of a rule, each once."""
        fitting = [{k: a[k] for k in sorted(arguments)} for a in self.addresses if arguments <= set(a)]
        return [dict(once) for once in dict.fromkeys(tuple(a.items()) for a in fitting)]


def build(world: World) -> Rows:
    """Tell the whole story. Needs the running application (files are written)."""
    rows = Rows(world)
    for chapter in STORY:
        chapter(rows)
    rows.things += db.session.scalars(sa.select(Entry).order_by(Entry.id).limit(5))
    return rows


def photo(colour: str = "teal") -> Kept:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(out, "JPEG")
    return keep_photo(out.getvalue(), "照片.jpg", "松动的木板")


def told() -> Kept | None:
    return keep_voice(FileStorage(io.BytesIO(wav()), filename="说一说.wav"))


def files(rows: Rows, thing: Any, argument: str) -> None:
    """The files that a row carries, each in both sizes."""
    subject = f"{thing.__tablename__}:{thing.id}"
    for file in db.session.scalars(sa.select(StoredFile).where(StoredFile.subject == subject)):
        for size in ("full", "thumb"):
            rows.addresses.append({argument: thing.id, "file_id": file.id, "size": size})


def of_places(rows: Rows) -> None:
    world = rows.world
    for key in ("community", "estate", "building", "entrance", "101"):
        rows.add(world.get(Place, key))
    for key in ("101", "102", "201", "202", "shop"):
        rows.add(world.get(Unit, key))
    community = world.get(Place, "community")
    rows.add(add_grid(world.secretary, community, name="一网格"))
    roster = read_roster(table(row("101"), row("102")), "roster.csv")
    rows.add(
        preview_roster(world.secretary, community, file_name="roster.csv", digest="0" * 64, roster=roster)
    )


def of_accounts(rows: Rows) -> None:
    world = rows.world
    for name in ("owner", "tenant", "manager", "secretary", "administrator"):
        rows.add(world.get(User, name))
    inside = sorted(
        id_ for name, id_ in world.ids.items() if name in ("owner", "chair", "manager", "secretary")
    )
    for model in (Grant, Membership):
        for held in db.session.scalars(sa.select(model).where(model.user_id.in_(inside)).order_by(model.id)):
            rows.add(held)
    rows.add(start_acting(world.worker, world.get(User, "tenant"), way=Way.PHONE, reason="代提议题"))
    for who, name, phone in (("owner", "赵强", "19900000006"), ("chair", "王芳", "19900000005")):
        ends = NOW.date() + timedelta(days=300)
        person = world.get(User, who)
        bound = name_relative(
            world.worker,
            person,
            name=name,
            phone=phone,
            kinship=Kinship.CHILD,
            ends=ends,
            signed=[photo()],
        )
        files(rows, rows.add(bound), "relative_id")
        if who == "chair":
            agree(world.co_owner, bound)
    issue_cards(
        world.secretary, world.get(Place, "202"), relation=Relation.FAMILY, secret="tests", copies=1, days=60
    )
    rows.things += db.session.scalars(sa.select(Code))


def of_councils(rows: Rows) -> None:
    world = rows.world
    community = world.get(Place, "community")
    council = rows.add(
        found_council(world.administrator, community, name="梧桐社区议事会", endorsements_needed=3)
    )
    rows.named["council"] = council
    for name, party in (("chair", Party.COMMITTEE), ("manager", Party.PROPERTY), ("owner", Party.RESIDENT)):
        rows.add(give_seat(world.secretary, council, user_id=world.ids[name], party=party))
    gathering = raised(rows, "gathering", photos=[photo()], voice=told())
    endorse(world.tenant, gathering)
    files(rows, gathering, "topic_id")
    take_up(world.secretary, raised(rows, "screening"))
    decline_topic(world.secretary, taken_up(rows, "declined"), reason="不属于议事会的事。")
    for name in (
        "deliberating",
        "polled",
        "ranked",
        "scored",
        "funded",
        "closed",
        "tied",
        "decided",
        "agreed",
        "told",
        *WORKS,
    ):
        accept_topic(world.secretary, taken_up(rows, name), reason="多户反映，列入协商。")
    asked(rows)


def raised(rows: Rows, name: str, **given: Any) -> Topic:
    topic = raise_topic(
        rows.world.owner,
        rows.named["council"],
        place=rows.world.get(Place, "building"),
        title=f"木栈道松动，要不要加固（{name}）",
        body="木板松了三处，老人差点摔倒。",
        category=Category.REPAIR,
        once=f"once-{name}",
        options=[OptionDraft("换木板", "整段换新", 1_860_000), OptionDraft("加固基座")],
        **given,
    )
    rows.addresses.append({"topic_id": topic.id, "position": 0})
    return rows.add(topic, name)  # type: ignore[no-any-return]


def taken_up(rows: Rows, name: str) -> Topic:
    topic = raised(rows, name)
    take_up(rows.world.secretary, topic)
    return topic


def asked(rows: Rows) -> None:
    """A response that is waited for, and one that came with a paper."""
    world, topic = rows.world, rows.named["deliberating"]
    until = NOW + timedelta(days=3)
    for name, question in (("asked", "什么时候能修好？"), ("given", "要花多少钱？")):
        response = ask_response(world.secretary, topic, party=Party.PROPERTY, question=question, due_at=until)
        rows.add(response, name, topic_id=topic.id)
    given = rows.named["given"]
    give_response(
        world.manager, given, body="三家报价，最低 18,600 元。", cost=1_860_000, days=15, papers=[photo()]
    )
    files(rows, given, "response_id")


def of_discussion(rows: Rows) -> None:
    """Comments: plain, answered, reported, hidden, hidden and appealed."""
    world, topic = rows.world, rows.named["deliberating"]
    plain = speak(world.tenant, topic, body="我家老人上周在那里绊了一下。", once="said-1")
    speak(world.owner, topic, body="是在第二段吧？", once="said-2", reply_to_id=plain.id)
    reported = speak(world.tenant, topic, body="物业的人都是骗子。", once="said-3")
    report_comment(world.chair, reported, reason=Reason.ABUSE)
    hidden = speak(world.owner, topic, body="张三家的电话是 19900000000。", once="said-4")
    hiding = hide_comment(world.secretary, hidden, reason=Reason.PERSONAL_DATA, note="写了别人的电话")
    appeal(world.owner, hidden, note="那是我自己的电话。")
    for comment in (plain, reported, hidden):
        rows.add(comment, topic_id=topic.id)
    rows.add(hiding, topic_id=topic.id)


def of_plans(rows: Rows) -> None:
    """Two drafts; the second took one opinion up."""
    world, topic = rows.world, rows.named["deliberating"]
    first = publish_draft(world.secretary, topic, body="换三块木板。", after=0, once="draft-1")
    rows.add(first, topic_id=topic.id, number=1)
    rows.add(
        publish_draft(
            world.chair, topic, body="换三块木板，装扶手。", changes="装扶手。", after=1, once="draft-2"
        ),
        topic_id=topic.id,
        number=2,
    )
    said = speak(world.tenant, topic, body="最好装扶手。", once="said-5")
    answer_opinions(world.chair, topic, answers={said.id: Answer(Uptake.ADOPTED)}, after=2)
    rows.add(said, topic_id=topic.id)


def of_voting(rows: Rows) -> None:
    """Polls: drafted, open (named and secret), closed, closed with a tie that a lot is to break."""
    world = rows.world
    polled(rows, "deliberating", "draft", Secrecy.NAMED)
    secret = polled(rows, "polled", "open", Secrecy.SECRET)
    open_poll(world.secretary, secret)
    cast_ballot(world.owner, secret, choices=(0,), once="paper-1")
    named = polled(rows, "closed", "counted", Secrecy.NAMED)
    open_poll(world.secretary, named)
    for n, name in enumerate(("owner", "tenant", "chair")):
        cast_ballot(world.actor(name), named, choices=(n % 2,), once=f"paper-{name}")
    with clock.frozen(NOW + timedelta(days=4)):
        close_poll(world.secretary, named)
    rows.things += db.session.scalars(sa.select(PollVoter).where(PollVoter.poll_id == named.id))
    level(rows)
    of_every_paper(rows)


def of_every_paper(rows: Rows) -> None:
    """Open polls with the papers that are not chosen from alone."""
    world = rows.world
    open_poll(world.secretary, polled(rows, "ranked", "ranking", Secrecy.SECRET, method=Method.IRV))
    open_poll(world.secretary, polled(rows, "scored", "scores", Secrecy.NAMED, method=Method.SCORE))
    money = {"method": Method.PB_MES, "terms": Terms(budget=2_000_000)}
    projects = [Line("换木板", 1_860_000, "整段换新"), Line("加固基座", 900_000)]
    budget = polled(rows, "funded", "budget", Secrecy.NAMED, options=projects, **money)
    open_poll(world.secretary, budget)
    cast_ballot(world.owner, budget, choices=(1,), once="paper-budget")


def level(rows: Rows) -> None:
    world = rows.world
    tied = polled(rows, "tied", "tied", Secrecy.NAMED)
    open_poll(world.secretary, tied)
    for n, name in enumerate(("owner", "tenant")):
        cast_ballot(world.actor(name), tied, choices=(n,), once=f"level-{name}")
    hour = NOW + timedelta(days=4)
    with clock.frozen(hour):
        close_poll(world.secretary, tied)
        announce_lot(
            world.secretary,
            tied,
            source="双色球第 2026070 期红球",
            digits=6,
            draws_at=hour + timedelta(days=1),
            first_witness="张桂兰",
            second_witness="刘大明",
        )


def polled(rows: Rows, topic: str, name: str, secrecy: Secrecy, **given: Any) -> Poll:
    poll = draft_poll(
        rows.world.secretary,
        rows.named[topic],
        question="木栈道按哪一种办法修？",
        closes_at=NOW + timedelta(days=3),
        once=f"poll-{name}",
        secrecy=secrecy,
        **{"options": ["换木板", "加固基座"], **given},
    )
    return rows.add(poll, name, topic_id=rows.named[topic].id)  # type: ignore[no-any-return]


def of_decisions(rows: Rows) -> None:
    """Decisions: drafted, posted with an objection, posted and about to become projects."""
    world = rows.world
    for name in ("agreed", "decided", *WORKS):
        rows.add(recorded(rows, name), f"decision_{name}")
    posted = rows.named["decision_decided"]
    for name in ("decided", *WORKS):
        post_decision(world.secretary, rows.named[f"decision_{name}"], until=NOW + timedelta(days=6))
    objection = object_to(world.tenant, posted, reason="工期正好赶上雨季，板子泡水。", once="objection")
    rows.add(objection, decision_id=posted.id)


def recorded(rows: Rows, topic: str) -> Decision:
    return record_decision(
        rows.world.secretary,
        rows.named[topic],
        title="木栈道加固",
        body="一、加固基座。\n二、八月底前完工。",
        basis=Basis.CONSENSUS,
        basis_note="六月十五日议事会，二十一人到会，没有人反对。",
        effect_from=NOW + timedelta(days=7),
        once=f"decision-{topic}",
    )


def of_projects(rows: Rows) -> None:
    """Projects: at work, with updates, photos and spendings; reported as done; accepted and to be rated."""
    world = rows.world
    project = started(rows, "built")
    both = Photos(before=[photo()], after=[photo("red")])
    told = post_update(world.manager, project, body="修前修后都拍了", once="pair", photos=both)
    rows.add(told, project_id=project.id)
    files(rows, told, "project_update_id")
    paid = spend(
        world.manager,
        project,
        amount=300_000,
        purpose="木料款",
        receipts=[photo("blue")],
        once="paid",
        payee="建材店",
    )
    rows.add(paid, project_id=project.id)
    files(rows, paid, "spending_id")
    for step in steps(project):
        rows.addresses.append({"project_id": project.id, "milestone_id": step.id})
    finish_milestone(world.manager, project, milestone_id=steps(project)[0].id, note="拆完了", once="step")
    reported(rows, "reported")
    accept_project(world.chair, reported(rows, "accepted"), finding="走了三遍，稳当。")


def started(rows: Rows, name: str) -> Project:
    world, decision = rows.world, rows.named[f"decision_{name}"]
    project = start_project(
        world.secretary,
        decision,
        title="木栈道加固工程",
        summary="换木板，加固基座。",
        party=Party.PROPERTY,
        in_charge_id=world.ids["manager"],
        supervisor_ids=[world.ids["chair"], world.ids["owner"]],
        milestones=[Step("拆旧板", date(2026, 6, 20), 1), Step("加固基座", date(2026, 6, 30), 3)],
        budget=[Use("木料", 1_200_000), Use("人工", 664_001)],
        funding=[Share(Source.COMMON_INCOME, 864_001), Share(Source.SUBSIDY, 1_000_000, "街道")],
        once=f"project-{name}",
    )
    return rows.add(project, f"project_{name}", decision_id=decision.id)  # type: ignore[no-any-return]


def steps(project: Project) -> list[Milestone]:
    found = sa.select(Milestone).where(Milestone.project_id == project.id).order_by(Milestone.position)
    return list(db.session.scalars(found))


def reported(rows: Rows, name: str) -> Project:
    """A project whose work is said to be done."""
    world, project = rows.world, started(rows, name)
    both = Photos(before=[photo()], after=[photo("red")])
    post_update(world.manager, project, body="修前修后都拍了", once=f"pair-{name}", photos=both)
    for step in steps(project):
        finish_milestone(world.manager, project, milestone_id=step.id, note="好了", once=f"{name}{step.id}")
    report_completion(world.manager, project, report="全部完工", once=f"report-{name}")
    return project


STORY: tuple[Callable[[Rows], None], ...] = (
    of_places,
    of_accounts,
    of_councils,
    of_discussion,
    of_plans,
    of_voting,
    of_surveys,
    of_awards,
    of_volunteering,
    of_assembly,
    of_meetings,
    of_minutes,
    of_decisions,
    of_projects,
    of_points,
    of_partners,
)
"""In the order of floors: each chapter may use what those before it named."""
