from pathlib import Path

import pytest
from tests.synthetic import synthetic, synthetic_folder

from benchwright.errors import InputError, NothingKept, UnknownName
from benchwright.models.builtin import BUILTIN_NAMES
from benchwright.records import Reply, Request
from benchwright.store.runs import read_run
from benchwright.workflows.evaluate import evaluate

ALL = [f"builtin/{name}" for name in BUILTIN_NAMES]


class Counting:
    """A model that counts what it is asked, and stops the run after `limit` answers."""

    name = "test/counting"

    def __init__(self, limit: int = 10**9, state: str = "ok") -> None:
        self.asked, self.limit, self.state = 0, limit, state

    async def respond(self, request: Request) -> Reply:
        if self.asked >= self.limit:
            raise InputError("the plug was pulled")
        self.asked += 1
        if self.state == "error":
            return Reply(text="", state="error", reason="transport: refused")
        return Reply(text=request.choices[0] if request.choices else "12", cost_usd=None)


async def test_every_builtin_model_gets_a_row_under_every_condition(tmp_path: Path) -> None:
    folder = synthetic_folder(tmp_path / "b", documents=6, facts=5)
    done = await evaluate(folder, ALL, conditions=("closed", "passage", "document", "retrieval"), runs=tmp_path)
    assert len(done.board.rows) == len(ALL) * 4
    assert done.board.row("builtin/oracle", "closed").score == 1.0
    assert all(row.tally.graded == 30 for row in done.board.rows)


async def test_a_reader_gains_from_the_passage_and_a_baseline_does_not(tmp_path: Path) -> None:
    done = await evaluate(synthetic(), ["builtin/bm25", "builtin/random"], runs=tmp_path)
    gains = {gain.model: gain.difference for gain in done.board.gains}
    assert gains["builtin/bm25"].low > 0.25
    assert gains["builtin/random"].estimate == 0


async def test_holders_come_out_in_their_true_order(tmp_path: Path) -> None:
    holders = [f"builtin/holder-{share}" for share in (25, 50, 75, 100)]
    done = await evaluate(synthetic(30, 20), holders, conditions=["closed"], runs=tmp_path)
    assert [row.model for row in done.board.rows] == holders[::-1]
    assert all(row.tied_with == () for row in done.board.rows)


async def test_an_interrupted_run_continues_with_what_is_missing(tmp_path: Path) -> None:
    benchmark = synthetic(6, 5)
    first = Counting(limit=25)
    with pytest.raises(InputError, match="plug was pulled"):
        await evaluate(benchmark, [first], runs=tmp_path)
    second = Counting()
    done = await evaluate(benchmark, [second], runs=tmp_path)
    assert first.asked + second.asked == 60
    assert len(done.run.responses) == 60
    third = Counting()
    again = await evaluate(benchmark, [third], runs=tmp_path)
    assert third.asked == 0
    assert again.board == done.board


async def test_a_torn_last_line_is_asked_again(tmp_path: Path) -> None:
    benchmark = synthetic(4, 5)
    done = await evaluate(benchmark, [Counting()], runs=tmp_path)
    path = done.run.folder / "responses.jsonl"
    path.write_bytes(path.read_bytes()[:-30])
    assert len(read_run(done.run.folder).responses) == 39
    model = Counting()
    manifest = done.run.folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"is_closed": true', '"is_closed": false'))
    again = await evaluate(benchmark, [model], runs=tmp_path)
    assert model.asked == 1
    assert [row.tally for row in again.board.rows] == [row.tally for row in done.board.rows]


async def test_transport_errors_leave_the_denominator_and_make_a_row_provisional(tmp_path: Path) -> None:
    done = await evaluate(synthetic(4, 5), [Counting(state="error")], conditions=["closed"], runs=tmp_path)
    row = done.board.rows[0]
    assert (row.tally.graded, row.tally.errors, row.score) == (0, 20, None)
    assert row.tally.is_provisional
    retry = Counting()
    again = await evaluate(synthetic(4, 5), [retry], conditions=["closed"], runs=tmp_path)
    assert retry.asked == 20
    assert again.board.rows[0].tally.graded == 20


async def test_an_unknown_cost_stays_unknown_and_a_builtin_costs_nothing(tmp_path: Path) -> None:
    done = await evaluate(synthetic(3, 3), [Counting(), "builtin/first"], conditions=["closed"], runs=tmp_path)
    assert done.board.row("test/counting", "closed").cost_usd is None
    assert done.board.row("builtin/first", "closed").cost_usd == 0


async def test_misspelt_names_are_refused_with_the_close_one(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean `builtin/bm25`"):
        await evaluate(synthetic(3, 3), ["builtin/bm52"], runs=tmp_path)
    with pytest.raises(UnknownName, match="did you mean `passage`"):
        await evaluate(synthetic(3, 3), ["builtin/bm25"], conditions=["pasage"], runs=tmp_path)


async def test_questions_without_citations_cannot_be_asked_with_a_passage(tmp_path: Path) -> None:
    whole = synthetic(3, 3)
    bare = tuple(q.model_copy(update={"id": "", "citations": ()}) for q in whole.questions)
    bare = tuple(type(q).model_validate(q.model_dump()) for q in bare)
    benchmark = whole.model_copy(update={"questions": bare, "passages": ()})
    with pytest.raises(NothingKept, match="-c closed"):
        await evaluate(benchmark, ["builtin/bm25"], conditions=["passage"], runs=tmp_path)
