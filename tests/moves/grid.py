"""What every action of votings, meetings and questionnaires does, for whom and when.

`python -m tests.moves.grid` renews moves.txt for review.

For every action the people who are treated alike, and under them what came of it: `→ state` where the thing moved,
`done`, `conflict` or `invalid`, with the situations. Who is not named may not, in any of them; a situation that is not
named is one in which these people may not.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from portal import create_app
from portal.core import clock
from portal.core.db import db
from tests import world as worlds
from tests.moves.of_awards import AWARDS, NOMINEES
from tests.moves.of_awards import PAPERS as AWARD_PAPERS
from tests.moves.of_challenges import CHALLENGES
from tests.moves.of_elections import CANDIDATES, ELECTIONS
from tests.moves.of_meetings import BODIES, LAPSED, MEETINGS, MISSED, MOTIONS, UNCOUNTED
from tests.moves.of_minutes import (
    BOARDS,
    MINUTES,
    READING,
    STRIKING,
    TASKS,
    TEAM_STRUCK,
    TEAMS,
    UNWRITTEN,
)
from tests.moves.of_papers import BATCHES, LETTERS
from tests.moves.of_partners import CODES, COMMUNITY, OFFERS, SHOPS, STATEMENTS
from tests.moves.of_polls import POLLS, SECRET, SETTLED, TOPICS
from tests.moves.of_surveys import DOORS, SURVEYS
from tests.moves.of_teams import MEMBERS, OBJECTIONS, STANDINGS, TEAMS_OF_HELPERS
from tests.moves.of_volunteering import CERTIFICATES, SERVICES, SIGN_UPS
from tests.moves.of_votes import CALLED, FAMILY
from tests.moves.trying import Family, Seen, play
from tests.world import NOW

FILE = Path(__file__).with_name("moves.txt")
FAMILIES: tuple[Family, ...] = (
    CALLED,
    FAMILY,
    ELECTIONS,
    CANDIDATES,
    CHALLENGES,
    LETTERS,
    BATCHES,
    TOPICS,
    POLLS,
    SECRET,
    SETTLED,
    BODIES,
    MEETINGS,
    MISSED,
    LAPSED,
    UNCOUNTED,
    MOTIONS,
    UNWRITTEN,
    MINUTES,
    READING,
    TASKS,
    STRIKING,
    SURVEYS,
    DOORS,
    BOARDS,
    TEAMS,
    TEAM_STRUCK,
    AWARDS,
    NOMINEES,
    AWARD_PAPERS,
    SIGN_UPS,
    SERVICES,
    CERTIFICATES,
    TEAMS_OF_HELPERS,
    MEMBERS,
    STANDINGS,
    OBJECTIONS,
    SHOPS,
    OFFERS,
    CODES,
    STATEMENTS,
    COMMUNITY,
)
HEAD = "What every action does, for whom and when, in the test world. Made by tests/moves/grid.py."


def lines(seen: Seen) -> Iterator[str]:
    for name, came in seen.came.items():
        yield ""
        yield name
        alike: dict[tuple[tuple[str, str], ...], list[str]] = {}
        for person, outcomes in came.items():
            alike.setdefault(tuple(outcomes.items()), []).append(person)
        for said, people in alike.items():
            by_word: dict[str, list[str]] = {}
            for label, word in said:
                if word:
                    by_word.setdefault(word, []).append(label)
            if by_word:
                yield f"    {' '.join(people)}"
                yield from (f"        {word}: {' '.join(labels)}" for word, labels in by_word.items())
        if not any(word for outcomes in came.values() for word in outcomes.values()):
            yield "    (nobody)"


def text(seen: Seen) -> str:
    return "\n".join([HEAD, *lines(seen), ""])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"PORTAL_INSTANCE": folder, "SECRET_KEY": "grid", "PASSWORD_COST": 1})
        with app.app_context(), clock.frozen(NOW):
            db.create_all()
            seen = play(worlds.build(), FAMILIES)
            FILE.write_text(text(seen))
    sys.exit("\n".join(seen.astray))


if __name__ == "__main__":
    main()
