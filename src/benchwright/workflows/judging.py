"""Judges compare the answers of a run two at a time; their votes are ranked like those of people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from benchwright.errors import InputError
from benchwright.evaluation.pairwise import PairJudge, Verdict, load_pair_prompt
from benchwright.models.budget import Spend
from benchwright.models.config import load_config
from benchwright.models.journaled import CallSettings, open_by_settings
from benchwright.models.providers import require_language_models
from benchwright.records import Question, Response
from benchwright.workflows.evaluate import Progress
from benchwright.workflows.grade import Opened, open_run
from benchwright.workflows.together import together

Row = dict[str, str | int | bool]


@dataclass(frozen=True)
class Judging:
    """What came of judging pairs: the votes as rows, the pairs that could not be judged, and the bill."""

    votes: tuple[Row, ...]
    unread: tuple[Row, ...]
    consistent: int
    """Votes whose two orders agreed."""
    spend: tuple[Spend, ...]


@dataclass(frozen=True)
class _Pair:
    question: Question
    first: Response
    second: Response


async def judge_pairs(
    runs: Sequence[Path | str],
    judges: Sequence[str],
    *,
    condition: str = "",
    pairs_per_question: int | None = None,
    seed: int = 0,
    prompt: Path | None = None,
    benchmark: Path | str | None = None,
    calls: CallSettings | None = None,
    progress: Progress | None = None,
) -> Judging:
    """Let judges compare the answers of a run's models, two at a time and in both orders.

    Args:
        runs: Run folders on one benchmark; their models are compared with each other.
        judges: Models that judge; each gives a vote of its own on every pair.
        condition: Which answers to compare (default: the only one there is).
        pairs_per_question: At most so many pairs a question, drawn by `seed`; all where left out.
        seed: For drawing pairs and for which answer stands first in the row.
        prompt: Your own `judge_pair` prompt.
        benchmark: Where the benchmark lies, if it was moved.
        calls: Configuration, budget and journal.
        progress: Called with (pairs judged, pairs in all).

    Raises:
        InputError: fewer than two models answered, or the condition has to be named.
        UnknownName: a judge is no language model.
    """
    settings = calls or CallSettings()
    config = load_config(settings.config)
    if not judges:
        raise InputError("no judge is named; name one with `--judge`, or in benchwright.yaml under `judges`")
    require_language_models(judges, config)
    opened = [open_run(run, benchmark=benchmark) for run in runs]
    pairs = _pairs(opened, condition, pairs_per_question, seed)
    votes: dict[tuple[int, str], Row] = {}
    unread: dict[tuple[int, str], Row] = {}
    async with open_by_settings(list(judges), settings, stage="judge") as pool:
        todo = [(place, pair, name) for place, pair in enumerate(pairs) for name in dict.fromkeys(judges)]
        waiting = iter(todo)
        done = 0

        async def work() -> None:
            nonlocal done
            for place, pair, name in waiting:
                judge = PairJudge(pool[name], load_pair_prompt(prompt))
                verdict = await judge.compare(pair.question, pair.first.text, pair.second.text)
                (unread if verdict.winner is None else votes)[place, name] = _row(pair, name, verdict)
                done += 1
                if progress is not None:
                    progress(done, len(todo))

        workers = (settings.concurrency or config.concurrency) * len(pool)
        await together([work() for _ in range(min(workers, len(todo)))])
        spend = tuple(pool.spend())
    rows = tuple(votes[key] for key in sorted(votes))
    return Judging(
        rows, tuple(unread[key] for key in sorted(unread)), sum(bool(row["is_consistent"]) for row in rows), spend
    )


def write_votes(judging: Judging, path: Path) -> None:
    """Write the votes as JSON lines that `benchwright rank` reads, and what could not be read beside them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for rows, target in ((judging.votes, path), (judging.unread, path.with_suffix(".unread.jsonl"))):
        if rows or target == path:
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            target.write_text(text, encoding="utf-8", newline="\n")


def _pairs(opened: Sequence[Opened], condition: str, most: int | None, seed: int) -> list[_Pair]:
    questions = {question.id: question for run in opened for question in run.benchmark.questions}
    there = sorted({response.condition for run in opened for response in run.run.responses})
    if not condition and len(there) > 1:
        raise InputError(f"answers were given under {', '.join(there)}; say with `-c` which to compare")
    wanted = condition or (there[0] if there else "")
    answers: dict[str, dict[str, Response]] = {}
    for run in opened:
        for response in run.run.responses:
            is_answer = response.state != "error" and response.condition == wanted and response.repeat == 0
            if is_answer and response.question_id in questions:
                answers.setdefault(response.question_id, {})[response.model] = response
    pairs: list[_Pair] = []
    for question_id, by_model in sorted(answers.items()):
        chance = np.random.default_rng([seed, int(question_id[:16], 16)])
        both = list(combinations(sorted(by_model), 2))
        if most is not None and most < len(both):
            both = [both[place] for place in sorted(chance.choice(len(both), most, replace=False).tolist())]
        for names in both:
            first, second = names if chance.random() < 0.5 else names[::-1]
            pairs.append(_Pair(questions[question_id], by_model[first], by_model[second]))
    if not pairs:
        raise InputError(
            f"no question was answered by two models under `{wanted}` (there is: {', '.join(there) or 'nothing'})"
        )
    return pairs


def _row(pair: _Pair, judge: str, verdict: Verdict) -> Row:
    row: dict[str, Any] = {
        "question_id": pair.question.id,
        "model_a": pair.first.model,
        "model_b": pair.second.model,
        "winner": verdict.winner or "",
        "voter": judge,
        "is_consistent": verdict.is_consistent,
        "condition": pair.first.condition,
        "kind": pair.question.kind,
        "language": pair.question.language,
        "question": pair.question.text,
        "response_a": pair.first.text,
        "response_b": pair.second.text,
        "reason": verdict.reasons[0],
        "reason_swapped": verdict.reasons[1],
    }
    return row
