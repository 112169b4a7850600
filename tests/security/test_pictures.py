"""Pictures made to hurt: small files that are huge when they are opened."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
CHILD = """
import resource, sys
from portal.core.images import picture
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before = peak()
made = picture(sys.stdin.buffer.read())
print(made.width, made.height, peak() - before)
"""
MOST = 450
"""MB. The picture once (160), once more while it is made small, and room for what any run differs by."""


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA"])
def test_a_plain_picture_of_40_million_pixels_takes_little_memory(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (6300, 6300)).save(out, "PNG")
    assert len(out.getvalue()) < 200_000
    ran = subprocess.run(
        [sys.executable, "-c", CHILD], input=out.getvalue(), capture_output=True, check=True, cwd=ROOT
    )
    width, height, grown = (int(n) for n in ran.stdout.split())
    assert (width, height) == (1600, 1600)
    assert grown < MOST
