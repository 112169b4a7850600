"""Stored files: one table, bytes on disk by their digest, addresses under their subject, so that reading a
file needs exactly the permission of reading what it belongs to."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import sqlalchemy as sa
from flask import Response, current_app, send_file
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import FileStorage

from .actor import Actor
from .columns import Id, PlacePath
from .db import Model, db, read
from .errors import Invalid, NotVisible
from .eventlog import reference
from .images import picture
from .nested import nested
from .sound import recording
from .text import _

MOST = 6
JPEG, PDF, HTML = "image/jpeg", "application/pdf", "text/html"
VOICE = "voice"
"""The purpose of a recording; its `alt` is what is said in it."""
LONGEST_ALT = 600
LARGEST_PDF = 15 * 1024 * 1024


class StoredFile(Model):
    """A file of a subject. `purpose` says which one it is there (photo, before, after, receipt, paper)."""

    __tablename__ = "stored_file"

    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(sa.String(64), index=True)
    place_path: Mapped[PlacePath]
    purpose: Mapped[str] = mapped_column(sa.String(16))
    name: Mapped[str] = mapped_column(sa.String(120))
    alt: Mapped[str] = mapped_column(sa.String(LONGEST_ALT))
    kind: Mapped[str] = mapped_column(sa.String(40))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    seconds: Mapped[int]
    """Of a recording; 0 where it does not say."""
    digest: Mapped[str] = mapped_column(sa.String(64))
    thumb_digest: Mapped[str] = mapped_column(sa.String(64))
    stored_by_id: Mapped[int | None]
    stored_at: Mapped[datetime]


@dataclass(frozen=True)
class Kept:
    """Bytes that are on disk and not yet anybody's; an action attaches them."""

    name: str
    kind: str
    size: int
    digest: str
    thumb_digest: str
    width: int = 0
    height: int = 0
    alt: str = ""
    seconds: int = 0


class FileLine(NamedTuple):
    """A file as a page shows it (a row of `files_column`)."""

    id: int
    purpose: str
    name: str
    alt: str
    kind: str
    size: int
    width: int
    height: int
    seconds: int


def keep_photos(uploads: Iterable[FileStorage], alt: str = "", field: str = "photos") -> tuple[Kept, ...]:
    """Check, re-encode and store uploaded photos, before any transaction. Raises Invalid for an unusable one."""
    chosen = [u for u in uploads if u and u.filename]
    if len(chosen) > MOST:
        raise Invalid(_("一次最多放 %(most)d 张照片。", most=MOST), field)
    return tuple(keep_photo(u.read(), u.filename or "", alt, field) for u in chosen)


def keep_photo(data: bytes, name: str, alt: str = "", field: str = "photos") -> Kept:
    made = picture(data, field)
    return Kept(
        _safe(name), JPEG, len(made.full), _write(made.full), _write(made.thumb), made.width, made.height, alt
    )


def keep_paper(upload: FileStorage | None, field: str = "paper") -> Kept | None:
    """A PDF or a photo of a paper. Raises Invalid for anything else."""
    if not upload or not upload.filename:
        return None
    data = upload.read()
    if not data.startswith(b"%PDF-"):
        return _photo_of_paper(data, upload.filename, field)
    if len(data) > LARGEST_PDF:
        raise Invalid(_("文件太大了，PDF 最多 15 MB。"), field)
    digest = _write(data)
    return Kept(_safe(upload.filename), PDF, len(data), digest, digest)


def _photo_of_paper(data: bytes, name: str, field: str) -> Kept:
    try:
        return keep_photo(data, name, field=field)
    except Invalid:
        raise Invalid(
            _("“%(name)s”打不开。请选 PDF、JPG、PNG、WEBP 或手机拍的照片，照片最多 20 MB。", name=name), field
        ) from None


def keep_voice(upload: FileStorage | None, said: str = "", field: str = "voice") -> Kept | None:
    """A short recording; `said` is what is said in it. The name a phone gives it often tells a place, so it gets none.
    Raises Invalid for anything else."""
    if not upload or not upload.filename:
        return None
    made = recording(upload.read(), field)
    kept = keep_bytes(made.data, f"voice.{made.ending}", made.kind)
    return replace(kept, alt=said, seconds=made.seconds)


def keep_text(text: str, name: str, kind: str) -> Kept:
    """Something the portal wrote itself, in the words it had then."""
    return replace(keep_bytes(text.encode(), name, kind), name=name)


def keep_bytes(data: bytes, name: str, kind: str) -> Kept:
    """A file that its feature has looked at and found to be what it says."""
    digest = _write(data)
    return Kept(_safe(name), kind, len(data), digest, digest)


def keep_papers(uploads: Iterable[FileStorage], alt: str = "", field: str = "papers") -> tuple[Kept, ...]:
    """Several PDFs or photos of papers, as `keep_paper` takes one. Raises Invalid."""
    chosen = [u for u in uploads if u and u.filename]
    if len(chosen) > MOST:
        raise Invalid(_("一次最多放 %(most)d 个文件。", most=MOST), field)
    return tuple(replace(kept, alt=alt) for u in chosen if (kept := keep_paper(u, field)))


def attach(actor: Actor, subject: Any, kept: Iterable[Kept], purpose: str) -> list[StoredFile]:
    """Make kept bytes files of a subject, in the running transaction."""
    rows = [
        StoredFile(
            subject=reference(subject),
            place_path=subject.place_path,
            purpose=purpose,
            name=k.name,
            alt=k.alt,
            kind=k.kind,
            size=k.size,
            width=k.width,
            height=k.height,
            seconds=k.seconds,
            digest=k.digest,
            thumb_digest=k.thumb_digest,
            stored_by_id=actor.id,
            stored_at=actor.now,
        )
        for k in kept
    ]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def lines_of(table: str, number: int) -> list[FileLine]:
    """The files of the row with this number, as they came."""
    f = StoredFile
    wanted = sa.select(f.id, f.purpose, f.name, f.alt, f.kind, f.size, f.width, f.height, f.seconds)
    return [FileLine(*row) for row in read(wanted.where(f.subject == f"{table}:{number}").order_by(f.id))]


def stored(subject: Any) -> list[str]:
    """The digests of the files of a subject, as they came."""
    mine = sa.select(StoredFile.digest).where(StoredFile.subject == reference(subject))
    return list(db.session.scalars(mine.order_by(StoredFile.id)))


def files_column(model: Any) -> sa.ScalarSelect[Any]:
    """The files of a row as a nested column: a row of `FileLine`."""
    f = StoredFile
    wanted = sa.select(f.id, f.purpose, f.name, f.alt, f.kind, f.size, f.width, f.height, f.seconds)
    return nested(wanted.where(f.subject == named(model)).order_by(f.id), of=model)


def named(model: Any) -> sa.ColumnElement[str]:
    """How `StoredFile.subject` names the rows of a model."""
    return sa.literal(f"{model.__tablename__}:", sa.String) + sa.cast(model.id, sa.String)


def send(subject: Any, file_id: int, size: str, purpose: str = "") -> Response:
    """A file of `subject`, which the actor was already allowed to read; with a `purpose` none but those of it. Raises
    NotVisible for any other file."""
    found = db.session.scalar(
        sa.select(StoredFile).where(StoredFile.id == file_id, StoredFile.subject == reference(subject))
    )
    if found is None or size not in ("full", "thumb") or (purpose and found.purpose != purpose):
        raise NotVisible()
    path = _path(found.thumb_digest if size == "thumb" else found.digest)
    if not path.exists():
        raise NotVisible()
    as_download = found.kind != JPEG and found.purpose != VOICE
    reply = send_file(path, found.kind, as_download, found.name if as_download else None, max_age=0)
    reply.headers["Cache-Control"] = "private, max-age=86400"
    return reply


def latest(subject: Any, purpose: str) -> bytes | None:
    """What was kept last for a purpose; None if nothing was, or it is gone."""
    mine = sa.select(StoredFile.digest).where(
        StoredFile.subject == reference(subject), StoredFile.purpose == purpose
    )
    found = db.session.scalar(mine.order_by(StoredFile.id.desc()).limit(1))
    path = _path(found) if found else None
    return path.read_bytes() if path and path.exists() else None


def location(digest: str) -> Path:
    """Where the bytes of a digest lie, for those who pack files; they may have been cleared away."""
    return _path(digest)


def _write(data: bytes) -> str:
    """Store bytes under their digest; the same bytes twice are one file; a crash leaves no half file."""
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{uuid4().hex}.part")
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    return digest


def _path(digest: str) -> Path:
    return Path(current_app.config["FILES"]) / digest[:2] / digest[2:]


def _safe(name: str) -> str:
    """The name a person gave, without what a file system or a header would stumble over."""
    kept = "".join(
        c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable() and c not in '"<>|:*?'
    )
    return kept[-120:] or "file"
