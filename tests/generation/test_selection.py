from collections import Counter

import numpy as np
import pytest

from benchwright.generation.selection import deal_keys, select
from benchwright.records import Citation, Document, Provenance, Question


def document(name: str, words: int = 500) -> Document:
    return Document(title=name, text=f"{name} " + "word " * words, path=name, format="text", language="en")


def question(
    source: Document, number: int, *, kind: str = "number", text: str = "", answer: str = "", size: int = 4
) -> Question:
    span = (number * 5, number * 5 + 4)
    answer = answer or f"a{number}"
    choices = (answer, *(f"{answer}-{i}" for i in range(1, size))) if size else ()
    return Question(
        form="choice" if size else "short",
        kind=kind,
        text=text or f"What about {source.title} {number}?",
        choices=choices,
        answer=answer,
        language="en",
        citations=(Citation(document_id=source.id, start=span[0], end=span[1], text=source.text[span[0] : span[1]]),),
        section=f"s{number % 3}",
        provenance=Provenance(writer="rule:test"),
    )


def test_exactly_the_number_asked_for_is_chosen() -> None:
    documents = [document(name) for name in "ABC"]
    candidates = [question(source, i) for source in documents for i in range(30)]
    assert len(select(candidates, documents, count=40).questions) == 40
    assert len(select(candidates, documents).questions) == 90


def test_documents_and_kinds_get_their_share() -> None:
    documents = [document(name) for name in "ABCD"]
    candidates = [
        question(source, i, kind=kind, answer=f"{source.title}{i}")
        for source in documents
        for i, kind in enumerate(["x"] * 40 + ["y"] * 8)
    ]
    chosen = select(candidates, documents, count=32).questions
    assert set(Counter(q.document_ids[0] for q in chosen).values()) == {8}
    assert Counter(q.kind for q in chosen) == {"x": 16, "y": 16}


def test_the_choice_depends_on_seed_and_content_alone() -> None:
    documents = [document(name) for name in "AB"]
    candidates = [question(source, i) for source in documents for i in range(30)]
    one = select(candidates, documents, count=20, seed=7)
    assert one == select(candidates[::-1], documents, count=20, seed=7)
    assert {q.id for q in one.questions} != {q.id for q in select(candidates, documents, count=20, seed=8).questions}


def test_a_shortfall_says_what_the_documents_hold() -> None:
    source = document("A", words=999)
    result = select([question(source, i) for i in range(5)], [source], count=50)
    assert len(result.questions) == 5
    assert "50 questions were asked for and 5 are given" in result.shortfall
    assert result.per_thousand_words == {"number": 5.0}
    assert "no rule found a fact" in select([], [source], count=3).shortfall


def test_one_span_is_asked_once() -> None:
    source = document("A")
    pair = [question(source, 3, text="First?"), question(source, 3, text="Second?", kind="name")]
    assert len(select(pair, [source]).questions) == 1


def test_no_question_gives_another_its_answer() -> None:
    source = document("A")
    pair = [question(source, 1, answer="Marta Oduya"), question(source, 2, text="What did Marta Oduya order?")]
    assert len(select(pair, [source]).questions) == 1


def test_one_text_with_two_answers_is_dropped() -> None:
    one, two = document("A"), document("B")
    pair = [question(one, 1, text="How many?", answer="4"), question(two, 1, text="How many?", answer="5")]
    assert select(pair, [one, two]).questions == ()


@pytest.mark.parametrize("size", [3, 4])
def test_keys_stand_at_every_position_alike_and_ids_stay(size: int) -> None:
    source = document("A", words=3000)
    before = [question(source, i, size=size) for i in range(120)]
    after = deal_keys(before, chance=np.random.default_rng(0))
    assert set(Counter(q.key for q in after).values()) == {120 // size}
    assert [q.id for q in after] == [q.id for q in before]


def test_keys_take_every_rank_among_numbers_alike() -> None:
    source = document("A", words=3000)
    candidates = []
    for i in range(400):
        rank = 0 if i % 10 < 4 else i % 4
        values = [str(1000 * i + 10 * k) for k in range(1, 5)]
        made = question(source, i, answer=values[rank])
        candidates.append(made.model_copy(update={"choices": tuple(values)}))
    chosen = select(candidates, [source], count=160).questions
    ranks = Counter(sorted(q.choices, key=int).index(q.answer) for q in chosen)
    assert all(0.18 <= number / 160 <= 0.32 for number in ranks.values())


@pytest.mark.parametrize("count", [4, 9, 25, None])
def test_unanswerable_questions_never_outweigh_their_controls(count: int | None) -> None:
    source = document("A")
    unanswerable = Provenance(writer="rule:not_stated", note="unanswerable")
    candidates = [question(source, i, kind="not_stated") for i in range(30)]
    candidates = [
        one.model_copy(update={"provenance": unanswerable}) if i % 2 else one for i, one in enumerate(candidates)
    ]
    chosen = select(candidates, [source], count=count).questions
    moved = sum(one.provenance.note == "unanswerable" for one in chosen)
    assert 3 * moved <= len(chosen) - moved
    assert moved >= 1


def test_plain_words_and_weighty_facts_go_first_within_a_section() -> None:
    source = document("A")
    blanks = [question(source, 3 * i, text=f"Which number completes this? “They have ____ in {i}.”") for i in range(20)]
    plain = [question(source, 3 * i, text=f"How many birds sat on roof {i}?") for i in range(20, 30)]
    weighty = [question(source, 3 * i, text=f"What is the fee for permit {i}?") for i in range(30, 40)]
    chosen = select([*blanks, *plain, *weighty], [source], count=15).questions
    assert sum("fee" in q.text for q in chosen) == 10
    assert not any("____" in q.text for q in chosen)


def test_options_that_other_documents_show_come_last_and_are_not_lost() -> None:
    sources = [document(name) for name in ("A", "B", "C")]
    same = tuple(f"fan {i}" for i in range(4))
    alike = [question(source, 0, answer=same[0]).model_copy(update={"choices": same}) for source in sources]
    others = [question(source, 9 * i) for source in sources for i in range(1, 4)]
    chosen = select([*alike, *others], sources, count=8).questions
    assert sum(set(one.choices) == set(same) for one in chosen) <= 2
    assert sum(set(one.choices) == set(same) for one in select([*alike, *others], sources).questions) == 3
