import pytest
from tests.synthetic import synthetic

from benchwright.errors import UnknownName
from benchwright.evaluation.conditions import Context, check_conditions
from benchwright.records import Passage, Question

BENCHMARK = synthetic(4, 5)


def test_each_condition_shows_what_its_name_says() -> None:
    context = Context(BENCHMARK)
    for question in BENCHMARK.questions:
        cited = question.citations[0]
        assert context.shown(question, "closed") == ()
        passages = context.shown(question, "passage")
        assert passages is not None
        assert [p.text for p in passages] == [cited.text]
        whole = context.shown(question, "document")
        assert whole is not None
        assert [p.document_id for p in whole] == [cited.document_id]
        assert whole[0].text[cited.start : cited.end] == cited.text
        found = context.shown(question, "retrieval")
        assert found is not None
        assert 1 <= len(found) <= 4
        assert found[0].text == cited.text


def test_a_question_that_cites_nothing_is_only_asked_closed() -> None:
    whole = BENCHMARK.questions[0].model_dump() | {"id": "", "citations": ()}
    bare = Question.model_validate(whole)
    context = Context(BENCHMARK)
    assert context.shown(bare, "closed") == ()
    assert context.shown(bare, "passage") is None
    assert context.shown(bare, "document") is None


def test_what_a_document_does_not_state_is_not_asked_without_a_document() -> None:
    whole = BENCHMARK.questions[0].model_dump() | {"id": "", "kind": "not_stated"}
    question = Question.model_validate(whole)
    assert Context(BENCHMARK).shown(question, "closed") is None
    assert Context(BENCHMARK).shown(question, "passage")


def test_an_unknown_condition_is_refused_and_a_repeated_one_counts_once() -> None:
    assert check_conditions(["passage", "closed", "passage"]) == ("passage", "closed")
    with pytest.raises(UnknownName, match="did you mean `retrieval`"):
        check_conditions(["retreival"])


def test_cited_passages_are_shown_in_reading_order() -> None:
    first, second = (
        next(q for q in BENCHMARK.questions if q.citations[0].start == p.start and q.document_ids == (p.document_id,))
        for p in BENCHMARK.passages[:2]
    )
    cited = (second.citations[0], first.citations[0])
    both = Question.model_validate(first.model_dump() | {"id": "", "citations": cited})
    shown = Context(BENCHMARK).shown(both, "passage")
    assert shown is not None
    assert [passage.start for passage in shown] == sorted(citation.start for citation in cited)


def test_the_rows_of_a_divided_table_are_found_by_the_words_of_its_head() -> None:
    head = "| Vessel | Draught |\n| --- | --- |"
    rows = Passage(document_id="d", start=400, end=418, text="| Aurora | 7.5 m |", table_head=f"Harbour fees\n\n{head}")
    others = tuple(p for p in BENCHMARK.passages if p.document_id == BENCHMARK.passages[0].document_id)
    benchmark = BENCHMARK.model_copy(update={"passages": (*others, rows)})
    asked = BENCHMARK.questions[0].model_copy(update={"text": "Which draught does the harbour list?"})
    found = Context(benchmark).shown(asked, "retrieval")
    assert found is not None
    assert found[0] == rows
