"""Files of all kinds: encodings, pages named .xls, and files that mean harm. Each is refused in one sentence."""

import io
import resource
import struct
import time
import zipfile
from pathlib import Path

import psutil
import pytest
from openpyxl import load_workbook

from portal.places.roster import source
from portal.places.roster.process import open_apart
from portal.places.roster.reading import read_roster
from portal.places.roster.refusal import REASONS, RosterRefused

from .files import HEADER, home, place, read, text, workbook

TABLE = [HEADER, home(房号="101"), home(房号="102", 业主姓名="马军")]


def refused(data: bytes, filename: str = "a.xlsx") -> RosterRefused:
    """The refusal of a file; its sentence ends as one."""
    with pytest.raises(RosterRefused) as caught:
        read_roster(data, filename)
    assert caught.value.sentence.endswith("。")
    assert "%" not in caught.value.sentence
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    roster = read(text(TABLE, encoding, delimiter))
    assert [place(unit) for unit in roster.units] == ["3-2-101", "3-2-102"]
    assert roster.units[1].owners[0].name == "马军"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(newline: str) -> None:
    assert len(read(text(TABLE, newline=newline)).units) == 2


def test_mostly_ascii_gb18030_is_not_taken_for_anything_else() -> None:
    rows = [["房号", "业主", "面积"], *[[f"3-2-{n}", "马军", "50"] for n in range(101, 400)]]
    roster = read(text(rows, "gb18030"))
    assert roster.encoding == "gb18030"
    assert {unit.owners[0].name for unit in roster.units} == {"马军"}


def test_a_cell_with_commas_quotes_and_lines() -> None:
    roster = read(text([HEADER, home(业主姓名='"张建国\n李秀兰"', 用途='"住宅"')]))
    assert [owner.name for owner in roster.units[0].owners] == ["张建国", "李秀兰"]


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta charset="{charset}"></head><body><table border=1>
<tr><td colspan=4>东府嘉和房屋台账</td></tr><tr><th>楼号</th><th>房号</th><th>建筑面积</th><th>权利人</th></tr>
<tr><td rowspan=2>3号楼</td><td>501</td><td>88.50</td><td>张建国<br>李秀兰</td></tr>
<tr><td>502</td><td>90</td><td>
   马军 </td></tr><tr><td>合计</td><td></td><td>178.5</td><td>&nbsp;</td></tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5"])
def test_a_page_named_xls(encoding: str, declared: str) -> None:
    roster = read_roster(PAGE.format(charset=declared).encode(encoding), "a.xls")
    assert [(unit.estate, place(unit), unit.row) for unit in roster.units] == [
        ("东府嘉和", "3-501", 3),
        ("东府嘉和", "3-502", 4),
    ]
    assert [[owner.name for owner in unit.owners] for unit in roster.units] == [
        ["张建国", "李秀兰"],
        ["马军"],
    ]
    assert [f.kind for f in roster.findings] == ["coowner_separator", "total_row"]


def test_scripts_and_links_of_a_page_are_only_text() -> None:
    page = PAGE.format(charset="utf-8").replace(
        "马军", "<script>alert(1)</script><a href='http://example.invalid'>马军</a>"
    )
    assert read_roster(page.encode(), "a.xls").units[1].owners[-1].name.endswith("马军")


def test_the_name_of_a_file_does_not_matter() -> None:
    assert len(read(workbook({"一化小区": TABLE}), "a.csv").units) == 2
    assert len(read(text(TABLE), "a.xlsx").units) == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
        (b"PK\x03\x04 no archive", "damaged"),
        (b"{\\rtf1 }", "word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"a,b\0c\r\n1,2,3\r\n", "nul"),
        (b"\x7fELF\x02\x01\x01\x03" + bytes(range(0x81, 0xC1)), None),
        (b"MIME-Version: 1.0\r\n", "other_workbook"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "other_workbook",
        ),
        (b"<html><body>1</body></html>", "no_table"),
        (b"\x81\x30\xff,\xff\xfe\r\n", "encoding"),
        ("\ufeff".encode("utf-16") + b"\x00\xd8", "encoding"),
    ],
)
def test_what_is_no_roster(data: bytes, code: str | None) -> None:
    found = refused(data)
    assert found.code == code if code else found.code in REASONS


def zipped(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def rewritten(data: bytes, edits: dict[str, bytes]) -> bytes:
    """A workbook with some parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | edits)


SHEET = (
    b'<?xml version="1.0"?>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SOUND = workbook({"一化小区": TABLE})


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": b"<w/>"}, "word"),
        ({"xl/workbook.bin": b""}, "other_workbook"),
        ({"a.txt": b"x"}, "not_a_table"),
        ({"xl/workbook.xml": b"<workbook/>"}, "damaged"),
        ({"xl/workbook.xml": b"x"} | {f"a{n}": b"" for n in range(2_100)}, "inflating"),
        ({"xl/workbook.xml": b"x", "a.xml": b" " * 210_000_000}, "inflating"),
    ],
)
def test_archives_that_are_no_workbook(parts: dict[str, bytes], code: str) -> None:
    assert refused(zipped(parts)).code == code


@pytest.mark.parametrize(
    "doctype",
    [b'<!DOCTYPE x [<!ENTITY a "aaaa">]>', '<!DOCTYPE x SYSTEM "http://example.invalid/x">'.encode("utf-16")],
)
def test_document_types_are_refused_before_anything_reads_them(doctype: bytes) -> None:
    assert refused(rewritten(SOUND, {"xl/sharedStrings.xml": doctype + b"<sst/>"})).code == "unsafe"


def test_sizes_that_lie() -> None:
    """The directory says 100 bytes, the part holds 300 MB: the child runs into its limit, this process does not."""
    bomb = zipped({"xl/workbook.xml": b"x", "xl/worksheets/sheet1.xml": b" " * 300_000_000})
    size = struct.pack("<I", 300_000_000)
    lie = rewritten(SOUND, {})[:0] + bomb.replace(size, struct.pack("<I", 100))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(lie).code in ("damaged", "inflating")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KB


def test_a_cell_in_the_last_corner_does_not_need_the_whole_sheet() -> None:
    """A dense range of 17 thousand million cells: calamine aborts its process, which is the child."""
    book = load_workbook(io.BytesIO(SOUND))
    book.active["XFD1048576"] = "x"  # type: ignore[index]
    out = io.BytesIO()
    book.save(out)
    assert refused(out.getvalue()).code in ("damaged", "too_many_columns", "too_slow")


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_cut_files(cut: float) -> None:
    assert refused(SOUND[: int(len(SOUND) * cut)]).code == "damaged"


def test_a_damaged_part() -> None:
    sheet = SHEET + b'<row r="1"><c r="A1"><v>'
    assert refused(rewritten(SOUND, {"xl/worksheets/sheet1.xml": sheet})).code in ("damaged", "no_header")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a" * 10_000_000, "long_line"),
        (b"a," * 5_000_000, "long_line"),
        ("房号,业主,面积\r\n3-2-501,张".encode() + b"x" * 20_000 + b",50\r\n", "long_field"),
        ('房号,业主,面积\r\n3-2-501,"张建国,50\r\n3-2-502,马军,50\r\n'.encode(), "open_quote"),
        ('房号,业主,面积\r\n3-2-501,"张"建国,50\r\n'.encode(), "open_quote"),
        (("房号,业主,面积\r\n" + "1," * 150 + "1\r\n").encode(), "too_many_columns"),
        (b"\n".join(b"1,2" for _ in range(61_000)), "too_many_rows"),
        ("房号,业主\0,面积\r\n".encode(), "nul"),
        ("房号,业主\x07,面积\r\n".encode(), "binary"),
    ],
)
def test_hostile_text(data: bytes, code: str) -> None:
    started = time.monotonic()
    assert refused(data, "a.csv").code == code
    assert time.monotonic() - started < 15


def test_a_page_of_endless_cells() -> None:
    assert refused(b"<table><tr>" + b"<td>1" * 200 + b"</table>").code == "too_many_columns"
    assert refused(b"<table>" * 100_000).code in REASONS


def test_twenty_megabytes_are_enough() -> None:
    assert refused(b"a" * (source.MAX_BYTES + 1)).code == "too_big"


def test_the_child_has_no_more_than_its_share() -> None:
    """Its limits hold: an inflating archive that gets past the first look ends the child only."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>' % (n, n, b"x" * 30_000)
        for n in range(1, 5_500)
    )
    data = rewritten(SOUND, {"xl/worksheets/sheet1.xml": SHEET + rows + b"</sheetData></worksheet>"})
    assert len(data) < 2_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(data).code in ("no_header", "damaged")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_a_formula_never_calculated_is_named() -> None:
    cells = home(房号="102", **{"专有面积(㎡)": "=80+9.5"})
    roster = read(workbook({"一化小区": [HEADER, home(房号="101"), cells]}), "a.xlsx")
    (found,) = roster.findings
    assert (found.row, found.kind, found.action) == (3, "formula_cell", "refuse")
    assert "=80+9.5" in found.text
    assert found.cell == "E3"


def test_a_formula_for_a_name_is_never_taken() -> None:
    roster = read(
        workbook(
            {
                "一化小区": [
                    HEADER,
                    home(房号="101"),
                    home(房号="102", 业主姓名='=HYPERLINK("http://example.invalid","张")'),
                ]
            }
        ),
        "a.xlsx",
    )
    assert roster.units[1].owners == ()
    assert [(f.row, f.kind, f.confirm) for f in roster.findings] == [(3, "formula_dropped", True)]


def test_an_error_value_is_named() -> None:
    data = workbook({"一化小区": [HEADER, home(房号="101"), home(房号="102", **{"专有面积(㎡)": "#REF!"})]})
    assert [f.kind for f in read(data, "a.xlsx").findings] == ["formula_cell"]


def test_no_child_outlives_its_reader() -> None:
    """Closing early ends the process and leaves none behind."""
    values = open_apart("delimited", "a", text([HEADER, *[home(房号=str(n)) for n in range(20_000)]]))
    next(values)
    values.close()
    assert not [child for child in psutil.Process().children() if "roster.child" in " ".join(child.cmdline())]


def test_nothing_is_written_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read_roster(SOUND, "../../a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_every_reason_is_a_sentence() -> None:
    assert all((template % {"row": 1}).endswith("。") for template in REASONS.values())
