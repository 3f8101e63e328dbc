"""Let language models write questions by a plan: write, check, and fill what was rejected from the reserve.

Batches run side by side, but everything is heard in the order of the plan: which answer came first changes nothing, so
a build that was killed and continued gives the same questions as one that was not.
"""

import asyncio
import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from benchwright.curation.solving import ANSWERABLE, Solved, Solvers, Verified
from benchwright.errors import NothingKept
from benchwright.generation.plan import Batch, Plan
from benchwright.generation.rewrite import Rewriter
from benchwright.generation.summarise import Summariser
from benchwright.generation.writer import ModelWriter, Written
from benchwright.models.turns import TURN, Room
from benchwright.records import Document, Finding, Question, RejectedQuestion
from benchwright.workflows.filling import Block, Filling, chosen
from benchwright.workflows.together import together

AT_ONCE = 512
"""Batches held in memory at once; how many calls are really under way is the gate's decision."""

HEARD_AFTER = 4
"""What is asked for missing questions is heard after so many blocks more: by then it is answered, and nobody waits."""

RuleCheck = Callable[[Question], Question | RejectedQuestion]
"""Checks one question without a model: keeps it (perhaps with a repaired citation) or says why not."""

SetCheck = Callable[[Sequence[Question]], Sequence[RejectedQuestion]]
"""Finds what must go because of the other questions: duplicates."""


@dataclass(frozen=True)
class WrittenSet:
    """What came of a plan. `failures` are batches whose answer could not be read, in plain words."""

    questions: tuple[Question, ...]
    rejected: tuple[RejectedQuestion, ...]
    findings: tuple[Finding, ...]
    failures: tuple[str, ...]
    rounds: int
    lacks: str = ""
    """What of the plan is missing, by sort, in plain words."""
    blind: tuple[tuple[Question, tuple[Solved, ...]], ...] = ()
    """What the solvers chose from the options alone, by question."""


@dataclass(frozen=True)
class _Checks:
    """What becomes of a written question: rules, a better wording where one is asked for, and models that solve it."""

    documents: Mapping[str, Document]
    rules: RuleCheck
    solvers: Solvers | None
    rewriter: Rewriter | None


@dataclass(frozen=True)
class _Outcome:
    written: Written
    kept: tuple[Verified, ...]
    rejected: tuple[RejectedQuestion, ...]


@dataclass
class _Told:
    """What the progress line says."""

    progress: Callable[[int, int], None] | None
    kept: int
    ordered: int

    def add(self, kept: int) -> None:
        self.kept += kept
        if self.progress is not None:
            self.progress(min(self.kept, self.ordered), self.ordered)


@dataclass(frozen=True)
class _Stage:
    """Writes batches and checks what was written."""

    writers: Sequence[ModelWriter]
    checks: _Checks
    summariser: Summariser | None
    told: _Told
    room: Room = field(default_factory=lambda: Room(AT_ONCE))

    async def outcome(self, batch: Batch, turn: int) -> _Outcome:
        """Write and check a batch; its calls go before those of later turns."""
        TURN.set(turn)
        async with self.room:
            writer = self.writers[batch.number % len(self.writers)]
            if self.summariser is not None:
                about = await self.summariser.of(source.document_id for source in batch.sources)
                writer = replace(writer, summaries=about)
            outcome = await _checked(await writer.write(batch), self.checks)
            self.told.add(len(outcome.kept))
            return outcome


@dataclass
class _Heard:
    """What came of the blocks heard so far."""

    filling: Filling
    duplicates: SetCheck
    kept: list[Verified] = field(default_factory=list[Verified])
    rejected: list[RejectedQuestion] = field(default_factory=list[RejectedQuestion])
    failures: list[str] = field(default_factory=list[str])
    rounds: int = 0

    def hear(self, block: Block, outcomes: Sequence[_Outcome]) -> Block | None:
        """Take in what came of a block; returns what is to be asked for what is missing now."""
        before = len(self.kept)
        for outcome in outcomes:
            self.rejected.extend(outcome.rejected)
            self.kept.extend(outcome.kept)
            written = (*outcome.written.questions, *(dropped.question for dropped in outcome.written.rejected))
            self.filling.tell(outcome.written.batch, written)
            if outcome.written.failure:
                self.failures.append(outcome.written.failure)
        doubles = self.duplicates([verified.question for verified in self.kept])
        gone = {double.question.id for double in doubles}
        self.kept = [verified for verified in self.kept if verified.question.id not in gone]
        self.rejected.extend(doubles)
        self.rounds = max(self.rounds, block.round)
        self.filling.hear(block)
        return self.filling.next(block, self.kept, is_fruitful=len(self.kept) > before)


async def write_questions(
    plan: Plan,
    writers: Sequence[ModelWriter],
    *,
    documents: Mapping[str, Document],
    check: RuleCheck,
    duplicates: SetCheck,
    solvers: Solvers | None = None,
    rewriter: Rewriter | None = None,
    summariser: Summariser | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> WrittenSet:
    """Fill a plan.

    Args:
        plan: What is asked of which passages.
        writers: One or more; batches go to them in turn.
        documents: By id; the checks read them.
        check: Checks one question without a model.
        duplicates: Checks the questions against each other.
        solvers: Models that check the questions; `None` for no check by model.
        rewriter: Words each question better; a wording that `check` or `solvers` reject is dropped, the first stays.
        summariser: Gives writers a summary of each document as context.
        progress: Called with (questions kept, questions ordered).

    Raises:
        NothingKept: no question survived; the message tells the most common reason.
    """
    told = _Told(progress, 0, plan.order.questions)
    stage = _Stage(writers, _Checks(documents, check, solvers, rewriter), summariser, told)
    heard = _Heard(Filling(plan), duplicates)
    await together([_fill(heard, stage)])
    if not heard.kept:
        raise NothingKept(_why_nothing(plan, heard.rejected, heard.failures))
    kept = chosen(plan, heard.kept)
    return WrittenSet(
        questions=tuple(verified.question for verified in kept),
        rejected=tuple(heard.rejected),
        findings=tuple(finding for verified in kept for finding in verified.findings),
        failures=tuple(heard.failures),
        rounds=heard.rounds,
        lacks=heard.filling.lacks(kept),
        blind=tuple((verified.question, verified.blind) for verified in kept if verified.blind),
    )


async def _fill(heard: _Heard, stage: _Stage) -> None:
    """Ask the whole plan at once, hear it block by block, and ask at once for what is missing after each."""
    async with asyncio.TaskGroup() as group:

        def begin(block: Block, turn: int) -> list[asyncio.Task[_Outcome]]:
            return [group.create_task(stage.outcome(batch, turn)) for batch in block.batches]

        # By the place at which each is heard: who was ready first must change nothing.
        waiting = [(place, 0, block, begin(block, place)) for place, block in enumerate(heard.filling.first())]
        number = count(1)
        while waiting:
            place, _, block, tasks = heapq.heappop(waiting)
            further = heard.hear(block, [await task for task in tasks])
            if further is not None:
                # It goes before all that is still to be written, since more may have to be asked after it.
                heapq.heappush(waiting, (place + HEARD_AFTER, next(number), further, begin(further, -1)))


async def _checked(written: Written, checks: _Checks) -> _Outcome:
    results = [checks.rules(question) for question in written.questions]
    rejected = [*written.rejected, *(result for result in results if isinstance(result, RejectedQuestion))]
    passed = [result for result in results if isinstance(result, Question)]
    verified = await asyncio.gather(*(_verified(question, written.batch, checks) for question in passed))
    kept = tuple(stands for stands, _ in verified if stands is not None)
    # In the order of the questions: which of them was through first changes nothing.
    return _Outcome(written, kept, (*rejected, *(dropped for _, gone in verified for dropped in gone)))


async def _verified(
    question: Question, batch: Batch, checks: _Checks
) -> tuple[Verified | None, tuple[RejectedQuestion, ...]]:
    """Return the question that stands, in its better wording where that passes too, and what was rejected."""
    gone: tuple[RejectedQuestion, ...] = ()
    if checks.rewriter is not None:
        better = await checks.rewriter.rewrite(question, batch.sources)
        checked = checks.rules(better) if better is not None else None
        if isinstance(checked, RejectedQuestion):
            gone = (_as_wording(checked),)
        elif checked is not None:
            result = await _solved(checked, batch, checks)
            # "Could not be graded" rejects no question, but it verifies no wording either.
            if not result.is_rejected and _solvers_agree(result):
                return result, ()
            gone = (_as_wording(_rejection(result)),)
    result = await _solved(question, batch, checks)
    return (None, (*gone, _rejection(result))) if result.is_rejected else (result, gone)


async def _solved(question: Question, batch: Batch, checks: _Checks) -> Verified:
    if checks.solvers is None:
        return Verified(question, ())
    return await checks.solvers.verify(question, batch.sources, checks.documents)


def _solvers_agree(result: Verified) -> bool:
    return any(finding.code == ANSWERABLE and finding.status == "passed" for finding in result.findings)


def _rejection(result: Verified) -> RejectedQuestion:
    problems = [finding for finding in result.findings if finding.effect == "reject" and finding.status == "problem"]
    problems = problems or [finding for finding in result.findings if finding.code == ANSWERABLE]
    codes, reasons = tuple(f.code for f in problems), tuple(f.message for f in problems)
    return RejectedQuestion(question=result.question, codes=codes, reasons=reasons)


def _as_wording(dropped: RejectedQuestion) -> RejectedQuestion:
    reasons = tuple(f"a new wording, dropped for the first one: {reason}" for reason in dropped.reasons)
    return dropped.model_copy(update={"reasons": reasons})


def _why_nothing(plan: Plan, rejected: Sequence[RejectedQuestion], failures: Sequence[str]) -> str:
    if failures and not rejected:
        return f"none of {len(plan.batches)} calls gave a readable answer; the first: {failures[0]}"
    if rejected:
        reasons = [reason for question in rejected for reason in question.reasons]
        common = max(set(reasons), key=reasons.count)
        return f"none of {len(rejected)} written questions survived the checks; most often: {common}"
    return f"no question could be planned: {plan.shortfall or 'the documents hold no usable passage'}"
