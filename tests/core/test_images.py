"""Photos from phones, and what only pretends to be one."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal.core import images
from portal.core.errors import Invalid
from portal.core.images import picture

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def encoded(
    kind: str = "JPEG", size: tuple[int, int] = (800, 400), mode: str = "RGB", **options: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 120 if mode in ("L", "P") else None).save(out, kind, **options)
    return out.getvalue()


def taken(orientation: int = 1) -> bytes:
    """As a phone sends it: with maker, place of taking and orientation."""
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Phone", orientation
    exif[GPS] = {1: "N", 2: (36.0, 37.0, 1.0), 3: "E", 4: (101.0, 46.0, 1.0)}
    return encoded(exif=exif.tobytes())


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_no_exif_and_no_place_of_taking() -> None:
    made = picture(taken())
    for data in (made.full, made.thumb):
        assert dict(opened(data).getexif()) == {}
        assert b"Exif" not in data
        assert b"Phone" not in data


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (800, 400)), (3, (800, 400)), (6, (400, 800)), (8, (400, 800))]
)
def test_a_photo_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    made = picture(taken(orientation))
    assert (made.width, made.height) == size == opened(made.full).size


def test_sizes_are_bounded_and_true() -> None:
    made = picture(encoded(size=(4001, 2000)))
    assert (made.width, made.height) == opened(made.full).size
    assert max(opened(made.full).size) == 1600
    assert max(opened(made.thumb).size) == 480


def test_a_small_photo_is_not_blown_up() -> None:
    made = picture(encoded(size=(7, 3)))
    assert opened(made.full).size == opened(made.thumb).size == (7, 3)


def test_a_very_long_picture_keeps_a_pixel() -> None:
    assert min(opened(picture(encoded(size=(9000, 2))).thumb).size) >= 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_formats_of_phones(kind: str) -> None:
    assert opened(picture(encoded(kind, (640, 480))).full).format == "JPEG"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_every_kind_of_png(mode: str) -> None:
    assert opened(picture(encoded("PNG", (64, 48), mode)).full).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    assert opened(picture(encoded("PNG", (64, 48), "RGBA")).full).getpixel((5, 5)) == (255, 255, 255)


def test_printers_colours() -> None:
    assert opened(picture(encoded("JPEG", mode="CMYK")).full).mode == "RGB"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>", b"%PDF-1.7", b"PK\x03\x04", b"%!PS-Adobe-3.0 EPSF", b"8BPS",
    ],
)  # fmt: skip
def test_what_is_no_photo(data: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        picture(data, "before")
    assert refusal.value.field == "before"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PPM", "ICO"])
def test_formats_that_are_not_taken(kind: str) -> None:
    with pytest.raises(Invalid):
        picture(encoded(kind, (64, 64)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_cut_off_on_the_way(kind: str) -> None:
    noise = Image.effect_noise((300, 300), 80).convert("RGB")
    out = io.BytesIO()
    noise.save(out, kind)
    with pytest.raises(Invalid):
        picture(out.getvalue()[: len(out.getvalue()) // 2])


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is enormous."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = [
        struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (head, body, b"IEND")
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("size", [(7000, 7000), (60000, 60000), (1, 50_000_000)])
def test_a_decompression_bomb_is_not_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(Invalid):
        picture(bomb(*size))


def test_a_file_that_is_too_large_is_not_opened() -> None:
    with pytest.raises(Invalid, match="20 MB"):
        picture(b"\xff\xd8" + b"\0" * images.LARGEST)


BROKEN = taken(6)


@given(st.integers(0, len(BROKEN) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_photo_is_a_photo_or_a_sentence(at: int, wrong: bytes) -> None:
    try:
        picture(BROKEN[:at] + wrong + BROKEN[at + len(wrong) :])
    except Invalid as refusal:
        assert refusal.reasons  # noqa: PT017  (either outcome is right)
