"""Which release of the portal this is."""

import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from ..settings import ROOT


@cache
def release() -> str:
    """The version of this release."""
    try:
        return version("yishiting")
    except PackageNotFoundError:
        project = ROOT / "pyproject.toml"
        found = tomllib.loads(project.read_text("utf-8")) if project.exists() else {}
        return str(found.get("project", {}).get("version", "unknown"))
