"""What the telling has made so far: the numbers behind the words of the stories."""

from dataclasses import dataclass, field
from datetime import date, datetime

from ..core.db import db
from ..councils.models import Topic
from .album import Album
from .plan import Person
from .sources import moment


@dataclass
class TopicTold:
    """The rows of one story, by the words of its file."""

    topic_id: int = 0
    options: dict[str, int] = field(default_factory=dict)
    asks: dict[str, int] = field(default_factory=dict)
    comments: dict[str, int] = field(default_factory=dict)
    poll_id: int = 0
    choices: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Choice → the marks on the paper; none for 弃权."""
    decision_id: int = 0
    objections: dict[str, int] = field(default_factory=dict)
    project_id: int = 0
    milestones: dict[str, int] = field(default_factory=dict)

    @property
    def topic(self) -> Topic:
        return db.session.get_one(Topic, self.topic_id)


@dataclass
class Told:
    """Everything the verbs look up."""

    day_zero: date
    council_id: int
    people: dict[Person, int]
    """Account numbers."""
    places: dict[tuple[str, str], int]
    """(estate, building) → place; ("", "") is the community."""
    album: Album
    topics: dict[str, TopicTold] = field(default_factory=dict)

    def moment(self, text: str) -> datetime:
        """The instant of `"-42 19:30"`."""
        return moment(text, self.day_zero)
