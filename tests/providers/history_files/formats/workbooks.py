"""Workbooks as Excel and LibreOffice write them, made of rows."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[object]]
_FORMATS = {164: r"yyyy\-mm\-dd", 165: "[h]:mm:ss;@", 166: "0.0&quot;d&quot;"}
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = f'<Relationship Id="{{}}" Type="{_TYPES}/{{}}" Target="{{}}"/>'
_STYLES = "<styleSheet><numFmts>{}</numFmts><cellXfs>{}</cellXfs></styleSheet>".format(
    "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in _FORMATS.items()),
    "".join(f'<xf numFmtId="{n}"/>' for n in (0, 22, *_FORMATS)),
)
PLAIN, TIME, DAY, CLOCK, UNIT = range(5)
"""Styles of numbers."""


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def excel_parts(sheets: Mapping[str, Rows], *, from_1904: bool = False) -> dict[str, str]:
    """The parts of a workbook; a cell is a text, a number, or a number with its style."""
    texts: list[str] = []
    listed, relations, parts = "", "", {"[Content_Types].xml": "<Types/>"}
    root = _RELATION.format("rId1", "officeDocument", "xl/workbook.xml")
    parts["_rels/.rels"] = f"<Relationships>{root}</Relationships>"
    for at, (name, rows) in enumerate(sheets.items(), start=1):
        listed += f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>'
        relations += _RELATION.format(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml")
        said = "".join(_row(n, row, texts) for n, row in enumerate(rows, start=1) if row)
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            f'<worksheet xmlns="x"><sheetData>{said}</sheetData></worksheet>'
        )
    dated = f'<workbookPr date1904="{int(from_1904)}"/>'
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="x" xmlns:r="y">{dated}<sheets>{listed}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    return parts | {
        "xl/sharedStrings.xml": f'<sst xmlns="x">{shared}</sst>',
        "xl/styles.xml": _STYLES,
    }


def excel(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook of Excel."""
    return packed(excel_parts(sheets))


def _row(number: int, row: Sequence[object], texts: list[str]) -> str:
    cells = "".join(
        _cell(f"{chr(65 + at)}{number}", value, texts)
        for at, value in enumerate(row)
        if value != ""
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: object, texts: list[str]) -> str:
    if isinstance(value, str):
        texts.append(value)
        return f'<c r="{place}" t="s"><v>{len(texts) - 1}</v></c>'
    number, style = value if isinstance(value, tuple) else (value, PLAIN)
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'


def libre(rows: str, manifest: str = "<x/>") -> bytes:
    """A workbook of LibreOffice with one sheet of these rows."""
    names = 'xmlns:office="o" xmlns:table="t" xmlns:text="x"'
    table = f'<table:table table:name="S">{rows}</table:table>'
    body = f"<office:body>{table}</office:body>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document {names}>{body}</office:document>",
            "META-INF/manifest.xml": manifest,
        }
    )
