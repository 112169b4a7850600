"""The awards of the demo: one with certificates, one that takes nominations."""

import sqlalchemy as sa
from flask import Flask

from portal.awards.models import Award, AwardCertificate, Nominee
from portal.awards.words import AwardState, NomineeState
from portal.core.db import db
from portal.demo.honoured import LANDINGS, NEIGHBOURS


def titled(title: str) -> Award:
    return db.session.scalars(sa.select(Award).where(Award.title == title)).one()


def test_one_is_voted_posted_and_certified(demo: Flask) -> None:
    award = titled(NEIGHBOURS)
    assert award.state is AwardState.HONOURED
    papers = sa.select(AwardCertificate).where(AwardCertificate.award_id == award.id)
    assert len(db.session.scalars(papers).all()) == 4
    kept = sa.select(Nominee.contact).where(Nominee.award_id == award.id)
    assert set(db.session.scalars(kept)) == {""}


def test_one_takes_nominations(demo: Flask) -> None:
    award = titled(LANDINGS)
    assert award.state is AwardState.NOMINATING
    found = sa.select(Nominee.state).where(Nominee.award_id == award.id)
    assert set(db.session.scalars(found)) == {
        NomineeState.PROPOSED,
        NomineeState.ADMITTED,
        NomineeState.REFUSED,
    }
