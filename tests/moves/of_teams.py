"""Teams of volunteers, who is in them, what they do whenever it comes, and objections to hours: by everybody in every
state."""

from datetime import timedelta
from typing import Any

from portal.core.db import db, transaction
from portal.volunteering import events as e
from portal.volunteering.actions import calling_out, certifying, teams
from portal.volunteering.models.book import HoursObjection
from portal.volunteering.models.people import TeamMember
from portal.volunteering.people import volunteer_of
from portal.volunteering.words import MemberState, ObjectionState, StandingState, TeamState
from tests.moves.of_volunteering import AFTER, main, put
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.volunteering.conftest import TEAM, founded, registered
from tests.volunteering.test_actions_around import SNOW
from tests.world import NOW, World


def team(world: World, case: Case) -> Stage:
    """The chair leads it."""
    made = founded(world)
    put(made, case.state)
    return Stage(world, case, [made])


TEAMS_OF_HELPERS = Family(
    "volunteer_team",
    AFTER,
    [Case(state) for state in TeamState],
    team,
    [
        Attempt(teams.amend_team, main, lambda _s: {"words": TEAM}),
        Attempt(teams.hand_over, main, lambda _s: {"leader": "王秀兰"}),
        Attempt(teams.apply, main),
        Attempt(teams.invite, main, lambda _s: {"who": "赵强"}),
        Attempt(calling_out.set_up, main, lambda _s: {"words": SNOW, "once": "snow"}),
        Attempt(teams.end_team, main, event=e.TeamEnded),
    ],
)


def member(world: World, case: Case) -> Stage:
    """The tenant, on his way into the chair's team, in it or out of it."""
    of = founded(world)
    with transaction():
        made = TeamMember(
            team_id=of.id, user_id=world.ids["tenant"], place_path=of.place_path, state=MemberState.APPLIED,
            words="", since=NOW, moved_at=NOW,
        )  # fmt: skip
        db.session.add(made)
    put(made, case.state)
    return Stage(world, case, [made])


def answer(yes: bool) -> Any:
    return lambda _stage: {"yes": yes}


MEMBERS = Family(
    "volunteer_member",
    AFTER,
    [Case(state) for state in MemberState],
    member,
    [
        Attempt(teams.admit, main, answer(True)),
        Attempt(teams.admit, main, answer(False), variant="no"),
        Attempt(teams.accept, main, answer(True)),
        Attempt(teams.accept, main, answer(False), variant="no"),
        Attempt(teams.leave, main, event=e.MemberLeft),
    ],
)


def standing(world: World, case: Case) -> Stage:
    made = calling_out.set_up(world.chair, founded(world), words=SNOW, once="snow")
    put(made, case.state)
    return Stage(world, case, [made])


def called(_stage: Stage) -> dict[str, Any]:
    return {"starts_at": NOW + timedelta(hours=1), "needed": 5, "words": "", "once": "call"}


STANDINGS = Family(
    "standing",
    AFTER,
    [Case(state) for state in StandingState],
    standing,
    [
        Attempt(calling_out.call_out, main, called),
        Attempt(calling_out.end_standing, main, event=e.StandingEnded),
    ],
)


def objection(world: World, case: Case) -> Stage:
    """The tenant says that his own hours are wrong."""
    registered(world, "tenant")
    mine = volunteer_of(world.ids["tenant"])
    assert mine
    made: HoursObjection = certifying.object_to_hours(world.tenant, mine, text="少记了半小时", once="o")
    put(made, case.state)
    return Stage(world, case, [made])


OBJECTIONS = Family(
    "hours_objection",
    AFTER,
    [Case(state) for state in ObjectionState],
    objection,
    [
        Attempt(
            certifying.answer_objection, main, lambda _s: {"answer": "补上了"}, event=e.HoursObjectionAnswered
        )
    ],
)
