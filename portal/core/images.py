"""Photos as they come from phones, re-encoded: upright, at most 1600 px, without EXIF or place of taking."""

import io
import struct
import threading
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from .errors import Invalid
from .text import _

register_heif_opener()
LARGEST_SIZE = 40_000_000
"""Pixels. Pillow itself only warns up to twice its own limit, so the size is checked before anything loads."""
Image.MAX_IMAGE_PIXELS = LARGEST_SIZE
LARGEST = 20 * 1024 * 1024
KINDS = ("JPEG", "PNG", "WEBP", "HEIF")
SIZES = {"full": 1600, "thumb": 480}
_few = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Picture:
    """One photo in its two sizes, as JPEG."""

    full: bytes
    thumb: bytes
    width: int
    height: int


def picture(data: bytes, field: str = "photos") -> Picture:
    """Decode and re-encode one upload. Raises Invalid with what to do; nothing is stored yet."""
    if len(data) > LARGEST:
        raise Invalid(_("照片太大了，一张最多 20 MB。"), field)
    with _few:
        try:
            return _encode(data)
        except (UnidentifiedImageError, Image.DecompressionBombError):
            raise Invalid(_("这不是能看的照片。请选 JPG、PNG、WEBP 或手机拍的照片。"), field) from None
        except (OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, struct.error):
            raise Invalid(_("照片没有传完整，请重新选一次。"), field) from None


def _encode(data: bytes) -> Picture:
    sent = Image.open(io.BytesIO(data), formats=KINDS)
    if sent.width * sent.height > LARGEST_SIZE:
        raise Image.DecompressionBombError
    sent.draft("RGB", (2000, 2000))
    # Made small first, so that all that follows works on little: a few kilobytes of plain colour can be 40 million
    # pixels, each further copy of which takes 160 MB.
    image: Image.Image = sent.convert("RGBA") if sent.mode in ("P", "PA") else sent
    image.thumbnail((SIZES["full"], SIZES["full"]))
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA"):
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    image = image.convert("RGB")
    width, height = image.size
    full = _jpeg(image)
    image.thumbnail((SIZES["thumb"], SIZES["thumb"]))
    return Picture(full, _jpeg(image), width, height)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, exif=b"")
    return out.getvalue()
