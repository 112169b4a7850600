"""Opens files of strangers in a process of its own, under hard limits, and prints their rows as JSON lines.

Whatever a hostile file does to the parser (abort, endless loop, gigabytes) ends this process only. The package
imports nothing of the portal, so that it starts in milliseconds: it is put on the path by its own folder
(see `roster.process`). Lines written, in this order for each sheet:

    {"sheet": "Sheet1", "visible": true, "merges": [[top, left, bottom, right], ...]}
    [5, ["3号楼", 2.0, null, {"date": "2026-03-12"}]]    row number as spreadsheet programs show it; no blank rows
    {"encoding": "gb18030"}                             last, delimited text and HTML only
    {"end": true}                                       the file was read to its end

or `{"refused": "open_quote", "row": 12}` at any point, after which nothing follows.
"""
