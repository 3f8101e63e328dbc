import json
import re
from pathlib import Path

import pytest
from tests.docs.example_benchmark import example

from benchwright.curation import CODES
from benchwright.store.benchmark import FILES, MANIFEST, read_benchmark, write_benchmark

REFERENCE = Path(__file__).parents[2] / "docs/reference"


@pytest.mark.parametrize("file", [*FILES, MANIFEST])
def test_the_example_row_of_each_file_is_what_is_written(tmp_path: Path, file: str) -> None:
    write_benchmark(example(), tmp_path)
    page = (REFERENCE / "benchmark-folder.md").read_text(encoding="utf-8")
    block = re.search(rf"## `{re.escape(file)}`\n.*?```json\n(.*?)```", page, re.DOTALL)
    assert block, f"docs/reference/benchmark-folder.md shows no row of {file}"
    text = (tmp_path / file).read_text(encoding="utf-8")
    written = json.loads(text if file == MANIFEST else text.split("\n")[0])
    assert json.loads(block[1]) == written


def test_the_card_of_the_example_is_what_is_written(tmp_path: Path) -> None:
    write_benchmark(example(), tmp_path)
    page = (REFERENCE / "benchmark-folder.md").read_text(encoding="utf-8")
    header = (tmp_path / "README.md").read_text(encoding="utf-8").split("---\n")[1]
    assert "\n".join(header.split("\n")[:8]) in page


def test_the_example_is_a_whole_benchmark(tmp_path: Path) -> None:
    write_benchmark(example(), tmp_path)
    assert len(read_benchmark(tmp_path).questions) == 1


def test_the_table_of_codes_lists_every_check() -> None:
    page = (REFERENCE / "findings.md").read_text(encoding="utf-8")
    for code in CODES:
        assert f"| {code.code} | {code.name} | {code.effect} | {code.grade} | {code.meaning} |" in page
    listed = re.findall(r"^\| (CUR\d{3}) ", page, re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert {code.code for code in CODES} <= set(listed)
