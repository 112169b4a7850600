"""`python -m portal.places.roster FILE`: prints the preview as JSON; `--no-units` leaves the single units out."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from portal.places.roster.preview import preview_json
from portal.places.roster.reading import read_roster
from portal.places.roster.refusal import RosterRefused


def main() -> int:
    """0 when the file was read, 1 when it was refused (the sentence is the only key printed then)."""
    parser = argparse.ArgumentParser(prog="python -m portal.places.roster", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--estate", help="the estate, where the table does not say it")
    parser.add_argument("--no-units", action="store_true")
    asked = parser.parse_args()
    try:
        roster = read_roster(asked.file.read_bytes(), asked.file.name, asked.estate)
    except RosterRefused as refused:
        write({"file": asked.file.name, "refused": refused.code, "message": refused.sentence})
        return 1
    write(preview_json(roster, units=not asked.no_units))
    return 0


def write(value: dict[str, Any]) -> None:
    """One JSON value on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    sys.exit(main())
