"""Writing an archive and putting it back."""

import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from ...core import clock
from ...core.db import db, transaction
from ..release import release
from . import rows
from .manifest import NAME, Manifest, Unusable, digest_of, from_json, inside

LEFT_OUT = ("secret_key", "backups", "compiled")
"""Of the data folder: the key of the sessions, backups kept there, and templates as programs. None is taken from an
archive either: whoever could slip one in would sign in as anybody, or run what he likes."""


def backup(target: Path) -> Manifest:
    """Write an archive of everything, while the portal runs. Never over an existing file.

    Raises FileExistsError; a failure leaves no half archive.
    """
    if target.exists():
        raise FileExistsError(target)
    manifest = Manifest(clock.now().isoformat(), release(), rows.revision())
    db.session.rollback()
    part = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory() as folder, _private(part), tarfile.open(part, "w:gz") as archive:
            _add_rows(archive, manifest, Path(folder))
            _add_files(archive, manifest)
            last = Path(folder) / NAME
            last.write_bytes(manifest.to_json())
            archive.add(last, NAME)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def restore(source: Path, *, replace: bool = False) -> Manifest:
    """Put an archive back. Everything is checked before anything is written; rows come in one transaction.

    Raises Unusable for an archive that is incomplete or changed, of another schema, or when there is already
    something here and `replace` was not asked for.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = _unpacked(source, folder)
        rows.prepare()
        here = rows.revision()
        db.session.rollback()
        if manifest.revision != here:
            raise Unusable(
                f"the archive has schema {manifest.revision or 'none'}, this release {here or 'none'}"
            )
        if not replace and not rows.empty():
            raise Unusable("there is already something in this database; --replace deletes it first")
        _put_files(folder / "files", Path(current_app.config["INSTANCE"]))
        with transaction():
            _put_rows(folder, manifest, replace)
    return manifest


def _add_rows(archive: tarfile.TarFile, manifest: Manifest, folder: Path) -> None:
    with _snapshot() as connection:
        for table in rows.tables():
            path = folder / f"{table.name}.jsonl"
            manifest.rows[table.name] = rows.write(connection, table, path)
            _add(archive, manifest, path, f"rows/{table.name}.jsonl")
            path.unlink()


def _add_files(archive: tarfile.TarFile, manifest: Manifest) -> None:
    instance = Path(current_app.config["INSTANCE"])
    for path in sorted(_files(instance)):
        _add(archive, manifest, path, f"files/{path.relative_to(instance).as_posix()}")


def _files(instance: Path) -> Iterator[Path]:
    """Everything in the data folder but the database itself, the key, unfinished files and backups."""
    database = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    for path in instance.rglob("*"):
        own = database is not None and str(path).startswith(str(Path(database).absolute()))
        skipped = _left_out(path, instance) or path.suffix == ".part" or path.name.endswith(".tar.gz")
        if path.is_file() and not path.is_symlink() and not own and not skipped:
            yield path


def _left_out(path: Path, folder: Path) -> bool:
    return path.relative_to(folder).parts[0].startswith(LEFT_OUT)


def _add(archive: tarfile.TarFile, manifest: Manifest, path: Path, name: str) -> None:
    manifest.parts[name] = digest_of(path)
    archive.add(path, name)


@contextmanager
def _snapshot() -> Iterator[sa.Connection]:
    """A connection whose reads all see the same moment."""
    options = {"isolation_level": "REPEATABLE READ"} if db.engine.dialect.name == "postgresql" else {}
    with db.engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def _private(path: Path) -> Iterator[None]:
    """The file is its owner's alone from the first byte: it holds names and telephone numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
    yield


def _unpacked(source: Path, folder: Path) -> Manifest:
    """Unpack what the manifest names and check every digest."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                if member.isfile() and inside(member.name):
                    _extract(archive, member, folder / member.name)
    except (tarfile.TarError, OSError, EOFError):
        raise Unusable("the archive cannot be read to its end") from None
    last = folder / NAME
    manifest = from_json(last.read_bytes() if last.exists() else b"")
    for name, digest in manifest.parts.items():
        path = folder / name
        if not inside(name) or not path.is_file() or digest_of(path) != digest:
            raise Unusable(f"{name} is missing or was changed")
    known = {table.name for table in rows.tables()}
    if set(manifest.rows) - known:
        raise Unusable(f"this release has no table {', '.join(sorted(set(manifest.rows) - known))}")
    return manifest


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """One ordinary file and nothing else of what an archive may carry: no links, owners or modes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    found = archive.extractfile(member)
    assert found is not None
    with found, target.open("wb") as out:
        shutil.copyfileobj(found, out)


def _put_rows(folder: Path, manifest: Manifest, replace: bool) -> None:
    if replace:
        rows.clear()
    for table in rows.tables():
        path = folder / "rows" / f"{table.name}.jsonl"
        if f"rows/{table.name}.jsonl" not in manifest.parts:
            continue
        if rows.insert(table, rows.read(table, path)) != manifest.rows[table.name]:
            raise Unusable(f"{table.name} has another number of rows than the manifest says")
    rows.continue_numbering()


def _put_files(source: Path, instance: Path) -> None:
    """Copy the files into the data folder. They are named by their content, so nothing of worth is overwritten."""
    if not source.exists():
        return
    found = sorted(p for p in source.rglob("*") if p.is_file())
    if any(_left_out(path, source) for path in found):
        raise Unusable("it brings a key, programs or other backups, which are no part of one")
    for path in found:
        target = instance / path.relative_to(source)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        shutil.copyfile(path, part)
        part.chmod(0o600)
        part.replace(target)
