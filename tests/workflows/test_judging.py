from pathlib import Path

import pytest
from click.testing import CliRunner

from benchwright.cli.judge import command
from benchwright.errors import InputError
from benchwright.evaluation.graders.judge import Judge, load_judge_prompt
from benchwright.generation.scripted import ScriptedModel, scripted_answer
from benchwright.models.journaled import CallSettings
from benchwright.models.loopback import LoopbackServer
from benchwright.records import Benchmark, BenchmarkManifest, Provenance, Question
from benchwright.store.benchmark import write_benchmark
from benchwright.store.runs import read_run
from benchwright.workflows.evaluate import evaluate
from benchwright.workflows.grade import grade
from benchwright.workflows.judging import judge_pairs, write_votes
from benchwright.workflows.rank import rank


def open_questions(folder: Path) -> Path:
    made = [
        Question(
            form="open",
            kind="open_ended",
            text=f"What does rule {number} of the Larkfield harbour say about mooring?",
            answer=f"Boats moor at pier {number} until noon.",
            language="en",
            provenance=Provenance(writer="person"),
        )
        for number in range(1, 7)
    ]
    manifest = BenchmarkManifest(name="b", version="0", fingerprint="")
    write_benchmark(Benchmark(manifest=manifest, questions=tuple(made)), folder / "b")
    return folder / "b"


def settings(folder: Path, url: str) -> CallSettings:
    config = folder / "benchwright.yaml"
    config.write_text(f"endpoints:\n  here:\n    url: {url}\n", encoding="utf-8")
    return CallSettings(config, None, False, 8, folder / "journal.sqlite")


async def test_a_judge_marks_open_answers_and_its_marks_are_the_runs(tmp_path: Path) -> None:
    place = open_questions(tmp_path)
    async with LoopbackServer(answer=scripted_answer) as server:
        calls = settings(tmp_path, server.url)
        done = await evaluate(
            place,
            ["builtin/oracle", "here/m"],
            conditions=["closed"],
            folder=tmp_path / "run",
            judges=["here/j"],
            calls=calls,
        )
        assert done.run.manifest.settings["grader"] == "by_form+judge:here/j"
        right = done.board.row("builtin/oracle", "closed")
        assert right is not None
        assert right.score == 1
        assert {row.stage for row in done.spend} == {"answer", "judge"}
        before = server.ledger.requests
        panel = await grade(tmp_path / "run", judges=["here/j", "here/k"], calls=calls)
        # The first judge's marks come from the journal; only the second is paid.
        assert server.ledger.requests - before == len(panel.run.responses) == 12
    kept = read_run(tmp_path / "run")
    assert kept.manifest.settings["grader"] == "by_form+panel:here/j+here/k"
    assert all("2 judges" in score.reason for score in panel.run.scores_by(panel.board.grader).values())


async def test_pairwise_verdicts_are_votes_that_rank_reads(tmp_path: Path) -> None:
    place = open_questions(tmp_path)
    async with LoopbackServer(answer=scripted_answer) as server:
        calls = settings(tmp_path, server.url)
        await evaluate(
            place,
            ["builtin/oracle", "builtin/random", "here/m"],
            conditions=["closed"],
            folder=tmp_path / "run",
            calls=calls,
        )
        done = await judge_pairs([tmp_path / "run"], ["here/j"], calls=calls)
        assert len(done.votes) + len(done.unread) == 18
        assert not done.unread
        few = await judge_pairs([tmp_path / "run"], ["here/j"], pairs_per_question=1, calls=calls)
        assert len(few.votes) == 6
        paid = server.ledger.requests
        again = await judge_pairs([tmp_path / "run"], ["here/j"], calls=calls)
        assert again.votes == done.votes
        assert server.ledger.requests == paid
    write_votes(done, tmp_path / "votes.jsonl")
    ranking = rank([tmp_path / "votes.jsonl"])
    assert {row.model for row in ranking.board.models} == {"builtin/oracle", "builtin/random", "here/m"}


async def test_what_cannot_be_compared_is_refused_by_name(tmp_path: Path) -> None:
    place = open_questions(tmp_path)
    await evaluate(place, ["builtin/oracle"], conditions=["closed"], folder=tmp_path / "run")
    with pytest.raises(InputError, match="no judge"):
        await judge_pairs([tmp_path / "run"], [])
    with pytest.raises(InputError, match="is built in and cannot write, check or judge"):
        await judge_pairs([tmp_path / "run"], ["builtin/oracle"])
    config = tmp_path / "benchwright.yaml"
    config.write_text("endpoints:\n  here:\n    url: http://127.0.0.1:9/v1\n", encoding="utf-8")
    with pytest.raises(InputError, match="answered by two models"):
        await judge_pairs([tmp_path / "run"], ["here/j"], calls=CallSettings(config, journal=tmp_path / "j.sqlite"))


def test_the_command_wants_a_votes_file() -> None:
    result = CliRunner().invoke(command, ["run"])
    assert result.exit_code == 2
    assert "--out" in result.output


def test_a_judge_with_a_prompt_of_the_users_own_has_a_name_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "judge.md"
    own.write_text("Grade.\n===\n$question\n$reference\n$answer", encoding="utf-8")
    plain, other = Judge(ScriptedModel("a/b")), Judge(ScriptedModel("a/b"), load_judge_prompt(own))
    assert plain.name == "judge:a/b"
    assert other.name.startswith("judge:a/b@")
