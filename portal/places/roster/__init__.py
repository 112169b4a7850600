"""The roster (房屋及业主台账): a stranger's spreadsheet in, units and a report of every row out.

Pure: no database, no Flask.

    from portal.places.roster.reading import read_roster
    roster = read_roster(data, filename)            # raises refusal.RosterRefused: one sentence, nothing was read

    roster.units       units.UnitRow: estate, building, entrance, floor, room, use, area (0.01 m²), owners …
    roster.findings    findings.Finding: sheet, row, column, action (repair | skip | refuse), kind, text,
                       raw, reads_as, confirm
    roster.sheets      units.SheetReading: where the table of each sheet lies, which column was read as what

    heads.heads_of(units, count_parking=…)          who counts as one head (domain: SPC 2020 art. 9)
    tally.tally(units)                              units, areas, heads, the developer's head and delivery of one estate
    preview.preview_json(roster)                    everything above as one JSON value

`python -m portal.places.roster FILE` prints the preview. Words of the report stand in `sentences`; they are
message ids with `%(name)s` places: `finding.template` and `finding.values` give a translated line, `finding.text` the
Chinese one.

How it goes: `source` looks at the first bytes and refuses what is no table; `process` runs `child`, which opens the
file under hard limits; `sheetrows` fills merged cells; `headers` finds the heading and names its columns; `linekinds`
sets aside what is no unit; `rows` reads one unit with the readers of single cells (`housenumber`, `areas`, `owners`,
`phones`, `words`); `duplicates` keeps one row for each unit.
"""
