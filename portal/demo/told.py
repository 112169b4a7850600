"""What the telling has made so far: the rows behind the words of the stories. Everything is told in one transaction,
so rows are kept as they are; actions read them again before they touch them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ..accounts import identity
from ..assembly.models.elections import Candidate
from ..assembly.models.papers import Batch, Proxy
from ..assembly.models.votes import OwnersVote, VoteObjection
from ..core import clock
from ..core.actor import Actor
from ..councils.models import Council, Response, Topic
from ..decisions.models import Decision, Objection
from ..discussion.models import Comment
from ..places.models import Place
from ..projects.models import Project
from ..voting.models import Poll
from .album import Album
from .papers import Paper
from .plan import Person
from .sources import day, moment


@dataclass
class TopicTold:
    """The rows of one story, by the words of its file. Reading one that was not made yet is a mistake in the story."""

    topic: Topic = field(init=False)
    options: dict[str, int] = field(default_factory=dict)
    asks: dict[str, Response] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    drafts: int = 0
    """Of its plan, so far."""
    poll: Poll | None = None
    choices: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Choice → the marks on the paper; none for 弃权."""
    decision: Decision = field(init=False)
    objections: dict[str, Objection] = field(default_factory=dict)
    project: Project = field(init=False)
    in_charge: Person = ""
    milestones: dict[str, int] = field(default_factory=dict)


@dataclass
class VoteTold:
    """The rows of one owners' vote, by the words of its file."""

    vote: OwnersVote = field(init=False)
    objections: dict[str, VoteObjection] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    letters: dict[str, Proxy] = field(default_factory=dict)
    candidates: dict[str, Candidate] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    papers: dict[str, list[Paper]] = field(default_factory=dict)
    """What stands on the papers of every batch."""


@dataclass
class Told:
    """Everything the verbs look up."""

    day_zero: date
    council: Council
    people: dict[Person, int]
    """Account numbers."""
    places: dict[tuple[str, str], Place]
    """By (estate, building); ("", "") is the community."""
    album: Album
    topics: dict[str, TopicTold] = field(default_factory=dict)
    votes: dict[str, VoteTold] = field(default_factory=dict)
    _actors: dict[Person, Actor] = field(default_factory=dict)

    def moment(self, text: str) -> datetime:
        """The instant of `"-42 19:30"`."""
        return moment(text, self.day_zero)

    def day(self, number: int) -> date:
        """The day so many days after day zero."""
        return day(number, self.day_zero)

    def actor(self, who: Person) -> Actor:
        """The person, now. Nobody's posts change while the stories are told, so they are read once."""
        if who not in self._actors:
            number = self.people[who]
            self._actors[who] = identity.actor_of(identity.load([number])[number])
        return replace(self._actors[who], now=clock.now())
