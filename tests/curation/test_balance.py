from scipy.stats import binomtest, chisquare

from benchwright.curation import Curator
from benchwright.records import Document, Finding, Passage, Provenance, Question
from benchwright.records.question import Citation

TEXT = "".join(f"## Part {part}\n\n{'Plain words follow here. ' * 12}\n\n" for part in range(4))
DOCUMENT = Document(title="T", text=TEXT, path="t.md", format="markdown", language="en")


def passages() -> list[Passage]:
    size = len(TEXT) // 4
    return [
        Passage(document_id=DOCUMENT.id, start=at, end=at + size, text=TEXT[at : at + size], section=(f"Part {n}",))
        for n, at in enumerate(range(0, len(TEXT), size))
    ]


def question(number: int, position: int, *, long: bool = False, start: int = 5) -> Question:
    choices = [f"wrong {number} {letter}" for letter in "abc"]
    answer = f"right {number} {'and long indeed' if long else 'x'}"
    choices.insert(position, answer)
    return Question(
        form="choice",
        kind="k",
        text=f"Question {number}?",
        choices=tuple(choices),
        answer=answer,
        language="en",
        citations=(Citation(document_id=DOCUMENT.id, start=start, end=start + 1, text=TEXT[start]),),
        provenance=Provenance(writer="person"),
    )


def found(questions: list[Question], code: str) -> Finding:
    return next(finding for finding in Curator().whole(questions, passages()) if finding.code == code)


def test_keys_that_favour_a_position_are_a_problem() -> None:
    counts = [40, 20, 20, 20]
    skewed = [question(100 * p + n, p) for p, count in enumerate(counts) for n in range(count)]
    finding = found(skewed, "CUR040")
    assert finding.status == "problem"
    assert finding.p is not None
    assert abs(finding.p - chisquare(counts).pvalue) < 1e-9
    assert found([question(n, n % 4) for n in range(100)], "CUR040").status == "passed"


def test_few_questions_have_no_power_and_none_are_not_applicable() -> None:
    assert found([question(n, 0) for n in range(10)], "CUR040").status == "no_power"
    assert found([], "CUR040").status == "not_applicable"


def test_a_key_that_is_mostly_the_longest_is_a_problem() -> None:
    finding = found([question(n, n % 4, long=n < 40) for n in range(60)], "CUR041")
    assert finding.status == "problem"
    assert finding.p is not None
    assert abs(finding.p - binomtest(40, 60, 0.25, alternative="greater").pvalue) < 1e-9
    assert finding.low is not None
    assert finding.effect_size is not None
    assert 0 < finding.low < finding.effect_size


def test_sections_that_nobody_asks_about_are_named() -> None:
    finding = found([question(1, 0, start=5)], "CUR042")
    assert finding.message == "1 of 4 sections are asked about"
    assert finding.status == "note"
    assert "Part 3" in finding.evidence
    assert "Part 0" not in finding.evidence
