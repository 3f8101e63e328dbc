import pytest

from benchwright.curation.answers import is_verdict, says_absent
from benchwright.generation.kinds import NOT_STATED, TRUE_FALSE


@pytest.mark.parametrize("language", NOT_STATED)
def test_what_writers_are_told_to_answer_needs_no_citation(language: str) -> None:
    assert is_verdict(NOT_STATED[language])
    assert says_absent(f"{NOT_STATED[language]}.")
    assert all(is_verdict(word) for word in TRUE_FALSE[language])
