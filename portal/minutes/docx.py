"""Minutes as a file of a word processor, on a template that staff can replace.

A template is any docx with a paragraph `{{正文}}`: there the minutes go. `{{编号}}`, `{{会议}}`, `{{时间}}` … are
filled in wherever they stand, also in the header and footer. Styles of headings and tables are the template's.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from ..core.errors import Invalid
from ..core.text import _
from .paper import Block, Document, blocks, facts

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PACKED = "application/zip"
"""What such a file is to the disk, where kinds are short."""
BODY = "{{正文}}"
MARKS = {
    "编号": "number",
    "会议": "meeting",
    "会议机制": "body",
    "时间": "hours",
    "地点": "venue",
    "主持": "chair",
    "记录": "recorder",
    "摘要": "digest",
}
"""What staff write into a template between double braces, and what of the paper it stands for."""
LARGEST, UNPACKED = 2 * 1024 * 1024, 20 * 1024 * 1024
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ACTIVE = re.compile("vbaProject|activeX|oleObject|/embeddings/|attachedToolbars", re.IGNORECASE)
"""Parts that run, or hold a file of another kind."""
_FETCHING = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK)\b")
"""Fields that a word processor brings from elsewhere."""
STYLES = {"head": "Heading 2", "name": "Heading 3", "line": "List Bullet"}


def made(document: Document, template: bytes | None, digest: str) -> bytes:
    """The file; `digest` stands under the minutes once they are sealed."""
    file = docx.Document(io.BytesIO(template or blank()))
    head = {**facts(document), "digest": digest}
    given = {mark: head[key] for mark, key in MARKS.items()}
    for paragraph in list(_paragraphs(file)):
        if paragraph.text.strip() == BODY:
            _fill_in(file, paragraph, document)
        else:
            _replace(paragraph, given)
    return _bytes(file)


def blank() -> bytes:
    """The template that comes with the portal, for staff to take as theirs."""
    file = docx.Document()
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "List Bullet"):
        style = file.styles[name]
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    file.styles["Normal"].font.size = Pt(12)
    for text, style in (("会议纪要", "Heading 1"), ("{{编号}}", "Normal")):
        file.add_paragraph(text, style).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in (
        "会议：{{会议}}（{{会议机制}}）",
        "时间：{{时间}}",
        "地点：{{地点}}",
        "主持：{{主持}}　记录：{{记录}}",
    ):
        file.add_paragraph(text)
    file.add_paragraph(BODY)
    file.add_paragraph("主持人（签字）：　　　　　　　　记录人（签字）：")
    file.add_paragraph("各方代表（签字）：")
    page.footer.paragraphs[0].text = "{{编号}}　{{摘要}}"
    return _bytes(file)


def checked(data: bytes) -> bytes:
    """A template somebody hands in. Raises Invalid for anything else, and for one without a place for the minutes."""
    if len(data) > LARGEST:
        raise Invalid(_("样式文件太大了，最多 2 MB。"), "template")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise Invalid(_("样式文件太大了，最多 2 MB。"), "template")
        file = docx.Document(io.BytesIO(data))
        found = any(p.text.strip() == BODY for p in file.paragraphs)
        reaching = _reaches_out(file)
        if found and not reaching:
            _tried(file)
    except Invalid:
        raise
    except Exception:
        raise Invalid(_("打不开这个文件，请用 Word 或 WPS 存成 docx。"), "template") from None
    if reaching:
        raise Invalid(_("样式里有宏、嵌入的文件，或者要从别处取的内容，请去掉再存。"), "template")
    if not found:
        raise Invalid(_("样式里要有单独一段“%(mark)s”，纪要写在那里。", mark=BODY), "template")
    return data


def _reaches_out(file: Any) -> bool:
    """Whether whoever opens the file would run or fetch something. A link that people click may stay."""
    package = file.part.package
    fetched = (rel for rel in package.iter_rels() if rel.is_external)
    return (
        any(rel.reltype != RELATIONSHIP_TYPE.HYPERLINK for rel in fetched)
        or any(_ACTIVE.search(f"{part.partname} {part.content_type}") for part in package.iter_parts())
        or any(_FETCHING.search(_fields(part.element)) for part, _where in _stories(file))
    )


def _fields(element: Any) -> str:
    """What the fields of a part say, put together where the word processor tore them apart."""
    simple = (field.get(qn("w:instr")) or "" for field in element.iter(qn("w:fldSimple")))
    return " ".join(simple) + " " + "".join(text.text or "" for text in element.iter(qn("w:instrText")))


def _tried(file: Any) -> None:
    """What a table and a line need is there; raises what a download would."""
    for paragraph in list(_paragraphs(file)):
        _replace(paragraph, dict.fromkeys(MARKS, ""))
        if paragraph.text.strip() == BODY:
            _put(file, paragraph, "", STYLES["line"])
            _table(file, paragraph, Block("table", "", (("", ""),)))


def _stories(file: Any) -> Iterator[tuple[Any, Any]]:
    """The parts where text stands, each with its element: the body, headers and footers."""
    yield file.part, file.element.body
    for frame in (f for s in file.sections for f in (s.header, s.footer)):
        yield frame.part, frame._element


def _paragraphs(file: Any) -> Iterator[Any]:
    """All paragraphs where a marker can stand, also in tables: as they stand in the file, so that what a cell claims
    to span costs nothing."""
    for part, element in _stories(file):
        yield from (Paragraph(p, part) for p in element.iter(qn("w:p")))


def _replace(paragraph: Any, given: dict[str, str]) -> None:
    """Fill the markers of a paragraph in. One that the word processor tore apart is put together first."""
    if "{{" not in paragraph.text:
        return
    for run in paragraph.runs:
        run.text = _filled(run.text, given)
    if any("{{" + key + "}}" in paragraph.text for key in given):
        whole = _filled(paragraph.text, given)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = whole


def _filled(text: str, given: dict[str, str]) -> str:
    for key, value in given.items():
        text = text.replace("{{" + key + "}}", _plain(value))
    return text


def _fill_in(file: Any, marker: Any, document: Document) -> None:
    for block in blocks(document):
        if block.kind == "table":
            _put(file, marker, _plain(block.text), "Heading 3")
            _table(file, marker, block)
        else:
            _put(file, marker, _plain(block.text), STYLES[block.kind])
    marker._p.getparent().remove(marker._p)


def _put(file: Any, marker: Any, text: str, style: str) -> None:
    known = style if any(s.name == style for s in file.styles) else None
    marker.insert_paragraph_before(text, known)


def _table(file: Any, marker: Any, block: Block) -> None:
    table = file.add_table(len(block.rows), len(block.rows[0]))
    if any(s.name == "Table Grid" for s in file.styles):
        table.style = "Table Grid"
    for row, texts in zip(table.rows, block.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = _plain(text)
    marker._p.addprevious(table._tbl)


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return _ILLEGAL.sub("", text)


def _bytes(file: Any) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()
