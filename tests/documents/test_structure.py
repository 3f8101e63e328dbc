import pytest

from benchwright.documents.structure import structure_of, with_structure
from benchwright.documents.table_titles import stated_unit
from benchwright.records import Document

TEXT = """---
title: A
---

# Report

First paragraph
goes on here.

Setext title
------------

- one
  more of one
    - two
1. step

> quoted
> text

```python
# no heading
| no | table |
|---|---|
```

**Table 2. Sales by region**

(단위: 백만원)

| Region | 2023 | 2024 |
|:--|--:|---|
| Seoul | 10 | 20 \\| 21 |
| Busan || x |

End.
"""


def test_blocks_headings_and_tables_are_found() -> None:
    headings, blocks, tables = structure_of(TEXT)
    assert [(heading.level, heading.text) for heading in headings] == [(1, "Report"), (2, "Setext title")]
    found = [(block.kind, TEXT[block.start : block.end]) for block in blocks]
    assert ("paragraph", "First paragraph\ngoes on here.") in found
    assert ("list_item", "one\n  more of one") in found
    assert ("list_item", "step") in found
    assert ("quote", "quoted\n> text") in found
    assert ("code", "# no heading\n| no | table |\n|---|---|") in found
    assert len(tables) == 1
    assert tables[0].columns == ("Region", "2023", "2024")
    assert [[cell.text for cell in row] for row in tables[0].rows] == [["Seoul", "10", "20 \\| 21"], ["Busan", "", "x"]]
    assert tables[0].title == "Table 2. Sales by region"
    assert tables[0].unit == "백만원"


def test_the_nearest_heading_names_a_table_without_a_caption() -> None:
    _, _, (table,) = structure_of("# A\n\n## Prices in 2024\n\nThey rose again last year.\n\na | b\n---|---\n1 | 2\n")
    assert table.title == "Prices in 2024"
    assert [cell.text for cell in table.cells] == ["a", "b", "1", "2"]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("(단위: 백만원)", "백만원"),
        ("[단위 : %, 명]", "%"),
        ("(단위：천 톤)", "천 톤"),
        ("(in millions of USD)", "millions of USD"),
        ("(In thousands of U.S. dollars)", "thousands of U.S. dollars"),
        ("Table 3: Revenue (in USD millions, except per share)", "USD millions"),
        ("($ in thousands)", "$ in thousands"),
        ("(Unit: kg)", "kg"),
        ("Revenue (USD million)", "USD million"),
        ("(単位：百万円)", "百万円"),
        ("(单位：万元)", "万元"),
        ("All prices in EUR", "EUR"),
        ("Sold in many places.", ""),
    ],
)
def test_a_stated_unit_is_read(line: str, unit: str) -> None:
    assert stated_unit(line) == unit


def test_a_document_gets_its_structure() -> None:
    document = with_structure(Document(title="t", text="# H\n\ntext", path="p", format="markdown", language="en"))
    assert document.headings[0].text == "H"
    assert [block.kind for block in document.blocks] == ["heading", "paragraph"]
