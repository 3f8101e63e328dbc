"""Let models solve a question with and without its sources: what that tells of the question, not of the models.

Solvers should be of other families than the writer: a model agrees with itself. Every check reads the same few replies,
so that answerability, ambiguity and "known without the document" together cost two calls a solver.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from benchwright.evaluation.grader import Grader
from benchwright.evaluation.prompt import AnsweringPrompt
from benchwright.models.prompt import Prompt, fenced, read_prompt
from benchwright.models.protocol import Model
from benchwright.models.structured import read_object
from benchwright.records import Document, Finding, Message, Passage, Question, Request, Response, Score
from benchwright.text.quotes import locate_quote

ANSWERABLE = "CUR101"
CLOSED_BOOK = "CUR102"
ROUND_TRIP = "CUR103"
AMBIGUOUS = "CUR104"
HOP_NEEDED = "CUR105"
OPTIONS_ONLY = "CUR106"
STANDALONE = "CUR107"

NAMES = {
    ANSWERABLE: "answerable from its source",
    CLOSED_BOOK: "known without the document",
    ROUND_TRIP: "found again in the whole document",
    AMBIGUOUS: "one supported answer",
    HOP_NEEDED: "every source needed",
    OPTIONS_ONLY: "not given away by its options",
    STANDALONE: "understandable alone",
}
"""The checks by code."""

DOCUMENT_DEPENDENT = "document-dependent"
KNOWN = "known to the model"

OPTIONS_STEM = {"en": "(The question is hidden. Which option is most likely the right one?)"}


@dataclass(frozen=True)
class Solved:
    """What one solver answered under one view of the sources. `score` is `None` where it could not be graded."""

    solver: str
    text: str
    score: float | None

    @property
    def is_right(self) -> bool:
        """Whether the answer agrees with the key."""
        return self.score is not None and self.score >= 0.5


@dataclass(frozen=True)
class Verified:
    """A question after the checks: its findings, and the tags they add."""

    question: Question
    findings: tuple[Finding, ...]

    @property
    def is_rejected(self) -> bool:
        """Whether a check with the effect `reject` found a problem."""
        return any(finding.effect == "reject" and finding.status == "problem" for finding in self.findings)


def _form(**fields: str) -> dict[str, Any]:
    """The JSON Schema of an object with these fields, as strict as providers ask."""
    properties = {name: {"type": kind} for name, kind in fields.items()}
    return {"type": "object", "properties": properties, "required": list(fields), "additionalProperties": False}


STANDALONE_SCHEMA = _form(reason="string", standalone="boolean")
PROOF_SCHEMA = _form(answer="string", quote="string")


class _Standalone(BaseModel):
    model_config = ConfigDict(extra="ignore")
    reason: str = ""
    standalone: bool


class _Proof(BaseModel):
    model_config = ConfigDict(extra="ignore")
    answer: str = ""
    quote: str = ""


def load_check_prompt(name: str) -> Prompt:
    """Return the packaged prompt of a check."""
    blanks = {"standalone": frozenset({"question"}), "quote": frozenset({"document", "question"})}[name]
    return read_prompt("benchwright.curation.prompts", name, blanks=blanks, needed=blanks)


@dataclass(frozen=True)
class Solvers:
    """Checks questions by asking models. `checks` says which of `NAMES` run; each costs what the estimate states."""

    models: tuple[Model, ...]
    prompt: AnsweringPrompt
    grader: Grader
    checks: frozenset[str] = frozenset(NAMES)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def calls_per_question(self, question_sources: int, form: str) -> int:
        """How many calls one question costs at most, malformed answers aside; the estimate adds them up."""
        solvers = len(self.models)
        calls = solvers * len({ANSWERABLE, AMBIGUOUS} & self.checks and {1})
        calls += solvers * (CLOSED_BOOK in self.checks)
        calls += solvers * (OPTIONS_ONLY in self.checks and form == "choice")
        calls += solvers * question_sources * (HOP_NEEDED in self.checks and question_sources > 1)
        return calls + (ROUND_TRIP in self.checks) + (STANDALONE in self.checks)

    async def verify(
        self, question: Question, sources: Sequence[Passage], documents: Mapping[str, Document]
    ) -> Verified:
        """Run the checks on one question. Cheap ones first: a question that is unanswerable costs nothing more."""
        findings: list[Finding] = []
        titles = {key: document.title for key, document in documents.items()}
        if STANDALONE in self.checks:
            findings.append(await self._standalone(question))
        if self.checks & {ANSWERABLE, AMBIGUOUS} and not _rejects(findings):
            solved = await self._solve(question, sources, titles)
            findings += [_answerable(question, solved), _ambiguous(question, solved)]
        if HOP_NEEDED in self.checks and len(sources) > 1 and not _rejects(findings):
            findings.append(await self._hops(question, sources, titles))
        if ROUND_TRIP in self.checks and question.kind != "unanswerable" and not _rejects(findings):
            findings.append(await self._round_trip(question, documents))
        tags = question.tags
        if CLOSED_BOOK in self.checks and not _rejects(findings):
            closed = await self._solve(question, (), titles)
            findings.append(_closed_book(question, closed))
            known = any(answer.is_right for answer in closed) and question.kind != "unanswerable"
            tags = (*tags, KNOWN if known else DOCUMENT_DEPENDENT)
        if OPTIONS_ONLY in self.checks and question.form == "choice" and not _rejects(findings):
            findings.append(await self._options_only(question, titles))
        kept = tuple(finding for finding in findings if finding.code in self.checks)
        return Verified(question.model_copy(update={"tags": tags}), kept)

    async def _solve(
        self, question: Question, sources: Sequence[Passage], titles: Mapping[str, str]
    ) -> tuple[Solved, ...]:
        messages = self.prompt.messages(question, sources, titles)
        return tuple(await asyncio.gather(*(self._ask(model, question, messages) for model in self.models)))

    async def _ask(self, model: Model, question: Question, messages: Sequence[Message]) -> Solved:
        request = Request(
            messages=tuple(messages),
            parameters=dict(self.parameters),
            question=question,
            choices=question.choices,
        )
        reply = await model.respond(request)
        if reply.state == "error":
            return Solved(model.name, reply.text, None)
        response = Response(model=model.name, question_id=question.id, condition="check", text=reply.text)
        score: Score = await self.grader.grade(question, response)
        return Solved(model.name, reply.text, score.value)

    def _request(self, messages: tuple[Message, ...], schema: dict[str, Any]) -> Request:
        return Request(messages=messages, parameters=dict(self.parameters), response_schema=schema)

    async def _hops(self, question: Question, sources: Sequence[Passage], titles: Mapping[str, str]) -> Finding:
        for left_out in range(len(sources)):
            rest = [source for number, source in enumerate(sources) if number != left_out]
            solved = await self._solve(question, rest, titles)
            if _most_right(solved):
                return _finding(
                    question,
                    HOP_NEEDED,
                    "problem",
                    "reject",
                    f"source {left_out + 1} of {len(sources)} is not needed: without it most solvers answer right",
                    _evidence(solved),
                )
        return _finding(question, HOP_NEEDED, "passed", "reject", "no source can be left out")

    async def _round_trip(self, question: Question, documents: Mapping[str, Document]) -> Finding:
        cited = [documents[name] for name in question.document_ids if name in documents]
        if not cited or not self.models:
            return _finding(question, ROUND_TRIP, "not_applicable", "flag", "it cites no known document")
        text = "\n\n".join(fenced(document.text, tag="document", title=document.title) for document in cited)
        messages = load_check_prompt("quote").fill(document=text, question=fenced(question.text, tag="question"))
        reply = await self.models[0].respond(self._request(messages, PROOF_SCHEMA))
        read = read_object(reply.text, _Proof)
        if read.value is None:
            return _finding(question, ROUND_TRIP, "not_run", "flag", f"the reply could not be read: {read.reason}")
        for document in cited:
            for piece in locate_quote(read.value.quote, document.text):
                if any(
                    citation.document_id == document.id and piece.start < citation.end and citation.start < piece.end
                    for citation in question.citations
                ):
                    return _finding(question, ROUND_TRIP, "passed", "flag", "a solver found the cited place again")
        return _finding(
            question,
            ROUND_TRIP,
            "problem",
            "flag",
            "a solver given the whole document proves its answer from another place",
            f"{read.value.answer} — {read.value.quote!r}",
        )

    async def _options_only(self, question: Question, titles: Mapping[str, str]) -> Finding:
        hidden = question.model_copy(update={"text": OPTIONS_STEM.get(question.language, OPTIONS_STEM["en"])})
        messages = self.prompt.messages(hidden, (), titles)
        solved = await asyncio.gather(*(self._ask(model, question, messages) for model in self.models))
        # One solver is right by chance one time in four; all of three one time in sixty-four.
        if len(solved) >= 2 and all(answer.is_right for answer in solved):
            message = f"all {len(solved)} solvers chose the key from the options alone"
            return _finding(question, OPTIONS_ONLY, "problem", "flag", message, _evidence(solved))
        return _finding(question, OPTIONS_ONLY, "passed", "flag", "the options alone do not give the key away")

    async def _standalone(self, question: Question) -> Finding:
        if not self.models:
            return _finding(question, STANDALONE, "not_run", "reject", "no model was named")
        messages = load_check_prompt("standalone").fill(question=fenced(question.text, tag="question"))
        reply = await self.models[0].respond(self._request(messages, STANDALONE_SCHEMA))
        read = read_object(reply.text, _Standalone)
        if read.value is None:
            return _finding(question, STANDALONE, "not_run", "reject", f"the reply could not be read: {read.reason}")
        status = "passed" if read.value.standalone else "problem"
        return _finding(question, STANDALONE, status, "reject", read.value.reason or "understandable alone")


def options_only_finding(right: int, asked: int, chance: float) -> Finding:
    """Say of the whole set whether solvers that see only the options beat chance (exact binomial, one-sided, 5 %).

    Args:
        right: Right answers of one solver over the set.
        asked: Multiple-choice questions asked.
        chance: Mean of 1 / number of options.
    """
    from scipy.stats import binomtest

    if asked < 30:
        return _set_finding("no_power", f"only {asked} multiple-choice questions; 30 are needed", None, None)
    test = binomtest(right, asked, chance, alternative="greater")
    share = right / asked
    status = "problem" if test.pvalue < 0.05 else "passed"
    return _set_finding(status, f"{share:.0%} right from the options alone; chance is {chance:.0%}", share, test.pvalue)


def _set_finding(status: Any, message: str, statistic: float | None, p: float | None) -> Finding:
    return Finding(
        code=OPTIONS_ONLY,
        name=NAMES[OPTIONS_ONLY],
        status=status,
        effect="set",
        grade="B",
        subject="benchmark",
        message=message,
        statistic=statistic,
        p=p,
    )


def _answerable(question: Question, solved: Sequence[Solved]) -> Finding:
    graded = [answer for answer in solved if answer.score is not None]
    if len(graded) * 2 <= len(solved) or not graded:
        message = f"only {len(graded)} of {len(solved)} solvers could be graded"
        return _finding(question, ANSWERABLE, "not_run", "reject", message, _evidence(solved))
    right = sum(answer.is_right for answer in graded)
    message = f"{right} of {len(graded)} solvers reach the key from the source"
    status = "passed" if _most_right(solved) else "problem"
    return _finding(question, ANSWERABLE, status, "reject", message, _evidence(solved))


def _ambiguous(question: Question, solved: Sequence[Solved]) -> Finding:
    """Two solvers that agree on one other answer support it; one alone is a slip."""
    others: dict[str, int] = {}
    for answer in solved:
        if answer.score is not None and not answer.is_right:
            said = " ".join(answer.text.casefold().split())[:200]
            others[said] = others.get(said, 0) + 1
    agreed = max(others.values(), default=0)
    if agreed >= 2 or (agreed and sum(answer.is_right for answer in solved) == agreed):
        message = f"{agreed} of {len(solved)} solvers agree on another answer than the key"
        return _finding(question, AMBIGUOUS, "problem", "flag", message, _evidence(solved))
    return _finding(question, AMBIGUOUS, "passed", "flag", "no second answer has support")


def _closed_book(question: Question, solved: Sequence[Solved]) -> Finding:
    right = [answer.solver for answer in solved if answer.is_right]
    if not right:
        return _finding(question, CLOSED_BOOK, "passed", "flag", "no solver knows it without the document")
    message = f"{', '.join(right)} answered right without the document"
    return _finding(question, CLOSED_BOOK, "note", "flag", message, _evidence(solved))


def _most_right(solved: Sequence[Solved]) -> bool:
    graded = [answer for answer in solved if answer.score is not None]
    return bool(graded) and sum(answer.is_right for answer in graded) * 2 > len(graded)


def _rejects(findings: Sequence[Finding]) -> bool:
    return any(finding.effect == "reject" and finding.status == "problem" for finding in findings)


def _evidence(solved: Sequence[Solved]) -> str:
    return " | ".join(f"{answer.solver}: {' '.join(answer.text.split())[:160]}" for answer in solved)


def _finding(question: Question, code: str, status: Any, effect: Any, message: str, evidence: str = "") -> Finding:
    return Finding(
        code=code,
        name=NAMES[code],
        status=status,
        effect=effect,
        grade="B",
        subject=question.id,
        message=message,
        evidence=evidence,
    )
