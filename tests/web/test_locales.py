"""A language is a file; English stands in where it is silent."""

import json
from pathlib import Path

import pytest

from benchwright.errors import InputError
from benchwright.web import Locales


@pytest.fixture
def locales(tmp_path: Path) -> Locales:
    (tmp_path / "en.json").write_text(json.dumps({"hello": "Hello, {name}", "bye": "Bye"}), encoding="utf-8")
    (tmp_path / "ko.json").write_text(json.dumps({"hello": "{name}님, 안녕하세요"}), encoding="utf-8")
    return Locales.from_folder(tmp_path)


def test_a_sentence_is_said_in_the_language_with_its_values(locales: Locales) -> None:
    assert locales.choose("ko")("hello", name="Kim") == "Kim님, 안녕하세요"


def test_english_stands_in_for_a_sentence_that_a_translation_leaves_out(locales: Locales) -> None:
    assert locales.choose("ko")("bye") == "Bye"


@pytest.mark.parametrize(
    ("wanted", "accept", "language"),
    [
        ("", "ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("", "fr, en;q=0.3, ko;q=0.7", "ko"),
        ("en", "ko", "en"),
        ("xx", "", "en"),
        ("", "ko;q=oops, de", "en"),
        ("../../etc", "", "en"),
    ],
)
def test_the_wanted_language_wins_then_the_browsers(locales: Locales, wanted: str, accept: str, language: str) -> None:
    assert locales.choose(wanted, accept).language == language


def test_a_folder_without_english_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ko.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"en\.json"):
        Locales.from_folder(tmp_path)
