from pathlib import Path

import pytest
from click.testing import CliRunner

from benchwright.cli.review import command
from benchwright.errors import InputError, UnknownName
from benchwright.records import (
    Benchmark,
    BenchmarkManifest,
    Citation,
    Document,
    Finding,
    Provenance,
    Question,
    RejectedQuestion,
)
from benchwright.store.benchmark import read_benchmark, write_benchmark
from benchwright.workflows.review import apply_verdict, edited_question, excerpts, review_queue, review_summary


def question(text: str) -> Question:
    return Question(
        form="choice",
        kind="number",
        text=text,
        choices=("3", "4"),
        answer="4",
        language="en",
        provenance=Provenance(writer="rule:number"),
    )


def flag(subject: Question, code: str) -> Finding:
    return Finding(
        code=code, name=code, status="problem", effect="flag", grade="C", subject=subject.id, message="look at it"
    )


KEPT, FLAGGED, DROPPED = question("How many floors?"), question("How many doors?"), question("How many?")
BENCHMARK = Benchmark(
    manifest=BenchmarkManifest(name="b", version="0", fingerprint=""),
    questions=(KEPT, FLAGGED),
    rejected=(RejectedQuestion(question=DROPPED, codes=("CUR008",), reasons=("unclear",)),),
    findings=(flag(FLAGGED, "CUR020"), flag(FLAGGED, "CUR021")),
)


def test_the_default_queue_holds_what_was_flagged_with_the_remarks() -> None:
    (item,) = review_queue(BENCHMARK)
    assert item.question == FLAGGED
    assert len(item.remarks) == 2


def test_a_dropped_question_is_kept_beside_the_others_with_the_reason() -> None:
    (item,) = review_queue(BENCHMARK)
    after = apply_verdict(BENCHMARK, item, "drop", note="nobody cares")
    assert after.questions == (KEPT,)
    assert "nobody cares" in after.rejected[-1].reasons[0]


def test_a_person_overrules_a_check() -> None:
    (item,) = review_queue(BENCHMARK, "rejected")
    after = apply_verdict(BENCHMARK, item, "keep")
    assert DROPPED.id in {kept.id for kept in after.questions}
    assert after.rejected == ()
    assert "1 taken back in" in review_summary(after)


def test_an_edit_is_a_new_question_that_replaces_the_old() -> None:
    (item,) = review_queue(BENCHMARK)
    new = edited_question(FLAGGED, "question: How many doors does the hall have?\nchoices: ['3', '4']\nanswer: '3'\n")
    after = apply_verdict(BENCHMARK, item, "edit", edited=new)
    assert new.replaces == FLAGGED.id
    assert new.id in {kept.id for kept in after.questions}
    assert FLAGGED.id not in {kept.id for kept in after.questions}


def test_what_was_decided_does_not_come_again() -> None:
    items = review_queue(BENCHMARK, "all")
    after = BENCHMARK
    for item in items:
        after = apply_verdict(after, item, "keep")
    assert review_queue(after, "all") == ()


@pytest.mark.parametrize("text", ["question: [", "colour: red", "answer: '5'\nchoices: ['3', '4']\nquestion: x"])
def test_an_edit_that_cannot_be_meant_leaves_the_question(text: str) -> None:
    with pytest.raises(InputError):
        edited_question(FLAGGED, text)


def test_an_unknown_queue_lists_what_is_known() -> None:
    with pytest.raises(UnknownName, match="did you mean `flagged`"):
        review_queue(BENCHMARK, "flaged")


def test_the_last_decision_can_be_undone_in_the_terminal(tmp_path: Path) -> None:
    write_benchmark(BENCHMARK, tmp_path / "b")
    result = CliRunner().invoke(command, [str(tmp_path / "b"), "--queue", "all"], input="yuys")
    assert result.exit_code == 0
    assert "u undo" in result.output
    assert "1 kept" in result.output
    assert {q.id for q in read_benchmark(tmp_path / "b").questions} == {KEPT.id, FLAGGED.id}


def test_a_dropped_question_keeps_what_the_person_said(tmp_path: Path) -> None:
    write_benchmark(BENCHMARK, tmp_path / "b")
    result = CliRunner().invoke(command, [str(tmp_path / "b")], input="nnobody asks this\n")
    assert result.exit_code == 0
    assert "nobody asks this" in read_benchmark(tmp_path / "b").rejected[-1].reasons[0]


def test_what_the_solvers_said_is_shown_beside_the_remark() -> None:
    finding = flag(FLAGGED, "CUR104").model_copy(update={"evidence": "s1: 3 | s2: 4"})
    (item,) = review_queue(BENCHMARK.model_copy(update={"findings": (finding,)}))
    assert item.remarks == ("CUR104: look at it\ns1: 3 | s2: 4",)


def test_citations_near_each_other_are_shown_in_one_stretch() -> None:
    text = "One is here. Two is there. " + "Filler stands between. " * 60 + "Three is far."
    source = Document(title="T", text=text, path="a.md", format="markdown", language="en")
    spans = [(text.index(words), text.index(words) + len(words)) for words in ("Three is far.", "Two is", "One is")]
    asked = KEPT.model_copy(
        update={"citations": tuple(Citation(document_id=source.id, start=s, end=e, text=text[s:e]) for s, e in spans)}
    )
    near, far = excerpts(asked, [source])
    assert [piece for piece, is_cited in near.pieces if is_cited] == ["One is", "Two is"]
    assert "".join(piece for piece, _ in near.pieces).startswith("One is here. Two is there. Filler")
    assert [piece for piece, is_cited in far.pieces if is_cited] == ["Three is far."]
