import pytest

from benchwright.curation import Curator, review_queue
from benchwright.records import Provenance, Question


def question(text: str, answer: str, *wrong: str) -> Question:
    return Question(
        form="choice",
        kind="imported",
        text=text,
        choices=(answer, *wrong),
        answer=answer,
        language="en",
        provenance=Provenance(writer="person"),
    )


def flags(asked: Question) -> list[str]:
    found = Curator(needs_citation=False).each([asked], []).findings
    return [finding.code for finding in found if finding.effect == "flag"]


LONG = "Because the glue between the two layers of glass slowly takes up water"


@pytest.mark.parametrize(
    ("code", "flawed"),
    [
        ("CUR020", question("Why do the panes of Halden House turn grey?", LONG, "It rains", "Dust", "Age")),
        ("CUR021", question("How do herons hunt?", "Mostly alone", "Always in pairs", "Never at dawn", "At sea")),
        ("CUR022", question("The fruit of Quercus robur is an", "acorn", "pear", "cone", "berry")),
        ("CUR022", question("선택한 악기의 이름은 ____을 뜻한다. 무엇인가?", "가을", "바다", "나무", "노래")),
        ("CUR023", question("Which law governs buoyancy?", "Buoyancy by Archimedes", "Ohm", "Snell", "Hooke")),
        ("CUR024", question("Which metal rusts?", "Iron", "Gold", "Tin", "None of the above")),
        ("CUR024", question("녹이 스는 금속은 무엇인가?", "철", "금", "은", "위 모두")),
        ("CUR025", question("How was Halden House numbered?", "By 3 marks", "By letters", "By colours", "Not at all")),
    ],
)
def test_a_flaw_is_flagged_and_the_question_kept(code: str, flawed: Question) -> None:
    assert code in flags(flawed)
    assert Curator(needs_citation=False).each([flawed], []).kept == (flawed,)


@pytest.mark.parametrize(
    "sound",
    [
        question("Why do the panes of Halden House turn grey?", "The glue takes up water", "The glass is thin", "Dust"),
        question("In which year was Halden House built?", "1931", "1929", "1935", "1940"),
        question("The fruit of Quercus robur is called a/an", "acorn", "pear", "cone", "berry"),
        question("녹이 스는 금속은 무엇인가?", "철", "금", "은", "납"),
    ],
)
def test_a_sound_question_carries_no_flag(sound: Question) -> None:
    assert flags(sound) == []


def test_two_flags_put_a_question_into_the_review_queue() -> None:
    twice = question(f"Why does {LONG.lower()}?", f"{LONG}, and glue ages", "Sun", "None of the above")
    once = question("Which metal rusts?", "Iron", "Gold", "Tin", "None of the above")
    found = Curator(needs_citation=False).each([twice, once], []).findings
    assert len({finding.code for finding in found if finding.subject == twice.id and finding.effect == "flag"}) >= 2
    assert review_queue(found, {twice.id, once.id}) == (twice.id,)
