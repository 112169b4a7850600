"""Stored files: bytes by digest, read with the permission of their subject."""

import io
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage

from portal.core import files
from portal.core.db import db, transaction
from portal.core.errors import Invalid, NotVisible
from portal.core.files import (
    Kept,
    StoredFile,
    attach,
    files_column,
    keep_paper,
    keep_photo,
    keep_photos,
    send,
)
from tests.core.conftest import Make
from tests.core.things import Thing
from tests.world import NOW, World


def photo(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return out.getvalue()


def upload(data: bytes, name: str) -> FileStorage:
    return FileStorage(io.BytesIO(data), filename=name)


def stored(app: Flask) -> list[Path]:
    return [p for p in Path(app.config["FILES"]).rglob("*") if p.is_file()]


def test_the_same_bytes_are_one_file(app: Flask) -> None:
    one, two = keep_photo(photo(), "a.jpg"), keep_photo(photo(), "b.jpg")
    assert one.digest == two.digest
    assert [p for p in stored(app) if p.name == one.digest[2:]] != []
    assert not [p for p in stored(app) if p.suffix == ".part"]


def test_empty_inputs_are_left_out(app: Flask) -> None:
    assert keep_photos([upload(b"", "")]) == ()
    assert keep_paper(None) is None
    assert keep_paper(upload(b"", "")) is None


def test_too_many_at_once(app: Flask) -> None:
    with pytest.raises(Invalid, match=str(files.MOST)):
        keep_photos([upload(photo(), f"{n}.jpg") for n in range(files.MOST + 1)])


def test_one_bad_photo_names_its_field(app: Flask) -> None:
    with pytest.raises(Invalid) as refusal:
        keep_photos([upload(photo(), "a.jpg"), upload(b"<html>", "b.jpg")], field="before")
    assert refusal.value.field == "before"


def test_a_paper_is_a_pdf_or_a_photo(app: Flask) -> None:
    pdf, scan = keep_paper(upload(b"%PDF-1.7 ...", "公告.pdf")), keep_paper(upload(photo(), "公告.jpg"))
    assert pdf is not None
    assert scan is not None
    assert (pdf.kind, pdf.name, scan.kind) == ("application/pdf", "公告.pdf", "image/jpeg")
    with pytest.raises(Invalid):
        keep_paper(upload(b"<script>", "公告.pdf"))
    with pytest.raises(Invalid, match="15 MB"):
        keep_paper(upload(b"%PDF-" + b"0" * files.LARGEST_PDF, "x.pdf"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("路灯.jpg", "路灯.jpg"), ("../../etc/passwd", "passwd"),
        ("C:\\fotos\\a.jpg", "a.jpg"), ("a\r\nb.jpg", "ab.jpg"),
        ('a"b.jpg', "ab.jpg"), ("", "file"), ("\u202egpj.exe", "gpj.exe"), ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
    ],
)  # fmt: skip
def test_names_that_files_and_headers_can_carry(given: str, kept: str, app: Flask) -> None:
    assert keep_photo(photo(), given).name == kept


def attached(actor_world: World, thing: Thing, *kept: Kept, purpose: str = "photo") -> list[StoredFile]:
    with transaction():
        return attach(actor_world.owner, thing, kept, purpose)


def test_an_attached_file_belongs_to_its_subject(app: Flask, make: Make, world: World) -> None:
    thing = make("101")
    (row,) = attached(world, thing, keep_photo(photo(), "灯.jpg", alt="坏了的灯"))
    assert (row.subject, row.place_path, row.alt) == (f"thing:{thing.id}", thing.place_path, "坏了的灯")
    assert (row.width, row.height, row.stored_by_id, row.stored_at) == (60, 40, world.ids["owner"], NOW)


def test_files_arrive_with_their_row(make: Make, world: World) -> None:
    one, two = make("101"), make("101")
    attached(world, one, keep_photo(photo("blue"), "蓝.jpg"), keep_photo(photo("red"), "红.jpg"))
    attached(world, two, keep_photo(photo("red"), "红.jpg"), purpose="after")
    rows = db.session.execute(sa.select(Thing.id, files_column(Thing).label("files")))
    found = {row.id: row.files for row in rows}
    assert [line[2] for line in found[one.id]] == ["蓝.jpg", "红.jpg"]
    assert found[two.id][0][1] == "after"


def test_a_photo_is_shown_and_a_pdf_is_saved(app: Flask, make: Make, world: World) -> None:
    thing = make("101")
    pdf = keep_paper(upload(b"%PDF-1.7 ...", "公告.pdf"))
    assert pdf
    (shown,) = attached(world, thing, keep_photo(photo(), "灯.jpg"))
    (saved,) = attached(world, thing, pdf, purpose="paper")
    with app.test_request_context():
        inline, download = send(thing, shown.id, "full"), send(thing, saved.id, "full")
        inline.direct_passthrough = download.direct_passthrough = False
        assert inline.mimetype == "image/jpeg"
        assert "attachment" not in inline.headers.get("Content-Disposition", "")
        assert download.headers["Content-Disposition"].startswith("attachment")
        assert inline.headers["Cache-Control"].startswith("private")
        assert send(thing, shown.id, "thumb").status_code == 200


def test_a_file_of_another_subject_is_not_there(app: Flask, make: Make, world: World) -> None:
    thing, other = make("101"), make("101")
    (row,) = attached(world, thing, keep_photo(photo(), "灯.jpg"))
    with app.test_request_context():
        for subject, number, size in (
            (other, row.id, "full"),
            (thing, row.id + 1, "full"),
            (thing, row.id, "../x"),
        ):
            with pytest.raises(NotVisible):
                send(subject, number, size)


def test_bytes_that_were_lost_are_not_there(app: Flask, make: Make, world: World) -> None:
    thing = make("101")
    lost = "0" * 64
    (row,) = attached(world, thing, Kept("灯.jpg", "image/jpeg", 1, lost, lost))
    with app.test_request_context(), pytest.raises(NotVisible):
        send(thing, row.id, "full")
