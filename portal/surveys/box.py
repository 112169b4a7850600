"""The box of sheets: sealed one by one while answers come in, unsealed and shuffled when it is opened."""

from dataclasses import replace
from secrets import token_hex

import sqlalchemy as sa

from ..core import sealing
from ..core.db import db
from . import results, rules
from .models import Questionnaire, SurveyParticipation, SurveySheet
from .rules import Sheet
from .words import SurveyState


def seal(questionnaire_id: int, sheet: Sheet, width: int) -> str:
    return sealing.seal(_purpose(questionnaire_id), rules.written(sheet), width)


def open_it(questionnaire: Questionnaire) -> int:
    """At the close: unseal the sheets and write them anew, none by itself and none with its door. Those that were
    displaced are left out. Returns how many there are."""
    displaced = _displaced(questionnaire)
    read = map(rules.read, sealing.unseal(_purpose(questionnaire.id), _contents(questionnaire)))
    opened = [replace(sheet, door=0) for sheet in read if sheet.door not in displaced]
    _write_anew(questionnaire, [rules.written(sheet) for sheet in results.coarsened(opened)])
    return len(opened)


def _displaced(questionnaire: Questionnaire) -> set[int | None]:
    """The households that answered themselves after somebody else had entered a sheet for them."""
    found = sa.select(SurveyParticipation.unit_id).where(
        SurveyParticipation.questionnaire_id == questionnaire.id, SurveyParticipation.displaced.is_not(None)
    )
    return set(db.session.scalars(found))


def locked_questionnaires() -> int:
    """Of how many open ones the keys at hand do not open the sheets: after a restore they wait for the key of then."""
    open_ones = sa.select(Questionnaire).where(Questionnaire.state == SurveyState.OPEN)
    return sum(_locked(questionnaire) for questionnaire in db.session.scalars(open_ones))


def _locked(questionnaire: Questionnaire) -> bool:
    try:
        sealing.unseal(_purpose(questionnaire.id), _contents(questionnaire))
    except sealing.Unreadable:
        return True
    return False


def put_away(questionnaire: Questionnaire) -> None:
    """Of a questionnaire that is taken back while it is open: the sheets stay sealed, in an order of chance."""
    if questionnaire.state is SurveyState.OPEN:
        _write_anew(questionnaire, _contents(questionnaire))


def sheets(questionnaire_id: int) -> list[Sheet]:
    """The sheets of a questionnaire that was opened."""
    found = sa.select(SurveySheet.content).where(SurveySheet.questionnaire_id == questionnaire_id)
    return [rules.read(content) for content in db.session.scalars(found.order_by(SurveySheet.id))]


def _contents(questionnaire: Questionnaire) -> list[str]:
    found = sa.select(SurveySheet.content).where(SurveySheet.questionnaire_id == questionnaire.id)
    return list(db.session.scalars(found))


def _write_anew(questionnaire: Questionnaire, contents: list[str]) -> None:
    """In the order of fresh random keys, in this one transaction: nothing of the order of coming in is left."""
    db.session.execute(sa.delete(SurveySheet).where(SurveySheet.questionnaire_id == questionnaire.id))
    fresh = sorted((token_hex(16), content) for content in contents)
    if fresh:
        rows = [{"id": k, "questionnaire_id": questionnaire.id, "content": text} for k, text in fresh]
        db.session.execute(sa.insert(SurveySheet), rows)


def _purpose(questionnaire_id: int) -> str:
    return f"sheets of questionnaire {questionnaire_id}"
