"""Let models solve a question with and without its sources: what that tells of the question, not of the models.

Solvers should be of other families than the writer: a model agrees with itself. Every check reads the same few replies,
so that answerability, ambiguity and "known without the document" together cost two calls a solver.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from benchwright.curation.long_documents import shown_text
from benchwright.curation.solver_findings import (
    AMBIGUOUS,
    ANSWERABLE,
    CLOSED_BOOK,
    DOCUMENT_DEPENDENT,
    HOP_NEEDED,
    KNOWN,
    NAMES,
    OPTIONS_ONLY,
    ROUND_TRIP,
    STANDALONE,
    Solved,
    ambiguity_finding,
    answerable_finding,
    closed_book_finding,
    hop_finding,
    known_by,
    options_only_finding,
    said_option,
    solver_finding,
)
from benchwright.evaluation.grader import Grader
from benchwright.evaluation.prompt import AnsweringPrompt, parse_prompt
from benchwright.evaluation.refusals import says_not_stated
from benchwright.generation.kinds import NOT_STATED
from benchwright.models.prompt import Prompt, fenced, read_prompt
from benchwright.models.protocol import Model
from benchwright.models.structured import read_object
from benchwright.records import Document, Finding, Message, Passage, Question, Request, Response, Score
from benchwright.text.fold import find_folded
from benchwright.text.quotes import ELLIPSIS, Located, locate_quote

__all__ = [
    "AMBIGUOUS",
    "ANSWERABLE",
    "CLOSED_BOOK",
    "DOCUMENT_DEPENDENT",
    "HOP_NEEDED",
    "KNOWN",
    "NAMES",
    "OPTIONS_ONLY",
    "ROUND_TRIP",
    "STANDALONE",
    "Solved",
    "Solvers",
    "Verified",
    "first_requests",
    "load_check_prompt",
    "load_solving_prompt",
    "solver_views",
    "view_messages",
    "without_working",
]

OPTIONS_STEM = {
    "en": "(The question is hidden. Which option is most likely the right one?)",
    "ko": "(질문은 가려져 있다. 정답일 가능성이 가장 높은 보기는 무엇인가?)",
}


@dataclass(frozen=True)
class Verified:
    """A question after the checks: its findings, and the tags they add. `blind` are the answers from options alone."""

    question: Question
    findings: tuple[Finding, ...]
    blind: tuple[Solved, ...] = ()

    @property
    def is_rejected(self) -> bool:
        """Whether a check with the effect `reject` found a problem."""
        return _rejects(self.findings)


def _form(**fields: str) -> dict[str, Any]:
    """The JSON Schema of an object with these fields, as strict as providers ask."""
    properties = {name: {"type": kind} for name, kind in fields.items()}
    return {"type": "object", "properties": properties, "required": list(fields), "additionalProperties": False}


STANDALONE_SCHEMA = _form(reason="string", unclear="string", standalone="boolean")
PROOF_SCHEMA = _form(answer="string", quote="string")


def _as_text(value: Any) -> str:
    """Models send figures bare, nothing as null, and several quotes as a list."""
    if isinstance(value, list):
        return " … ".join(map(str, value))
    return "" if value is None else str(value)


Text = Annotated[str, BeforeValidator(_as_text)]


class _Standalone(BaseModel):
    model_config = ConfigDict(extra="ignore")
    reason: Text = ""
    unclear: Text = ""
    standalone: bool


class _Proof(BaseModel):
    model_config = ConfigDict(extra="ignore")
    answer: Text = ""
    quote: Text = ""


@cache
def load_check_prompt(name: str) -> Prompt:
    """Return the packaged prompt of a check."""
    blanks = {"standalone": frozenset({"question"}), "quote": frozenset({"document", "question"})}[name]
    return read_prompt("benchwright.curation.prompts", name, blanks=blanks, needed=blanks)


@cache
def load_solving_prompt() -> AnsweringPrompt:
    """Return the packaged prompt for solvers that see sources."""
    source = resources.files("benchwright.curation.prompts").joinpath("solve.md").read_text(encoding="utf-8")
    return parse_prompt(source, where="solve.md")


_LAST_LINE = re.compile(
    r"^\W*(?:(?:final|correct) )?(?:answer|최종 ?(?:정답|답변?)|정답|답변?)\W*[::]\W*?(?P<answer>[^\s*_`].*?)[\s*_`]*$",
    re.IGNORECASE | re.MULTILINE,
)


def without_working(text: str) -> tuple[str, str]:
    """Part a solver's reply in its answer and the working before it; a reply without such a line is all answer."""
    found = list(_LAST_LINE.finditer(text))
    return (found[-1]["answer"], text[: found[-1].start()].strip()) if found else (text, "")


View = tuple[str, Question, tuple[Passage, ...]]
"""One way of showing a question to the solvers: the check, the question as shown, and what is shown beside it."""


def solver_views(
    question: Question, sources: Sequence[Passage], checks: frozenset[str], *, grades_open: bool = True
) -> list[View]:
    """Return every view that each solver is asked under while nothing is rejected; the estimate counts these.

    An open answer that no judge can grade tells nothing, so it is not asked for.
    """
    if question.form == "open" and not grades_open:
        return []
    shown = tuple(sources)
    views: list[View] = []
    if checks & {ANSWERABLE, AMBIGUOUS}:
        views.append((ANSWERABLE, question, shown))
    # That a source does not state something cannot be asked of a reader who is shown none.
    if CLOSED_BOOK in checks and question.kind != "unanswerable":
        views.append((CLOSED_BOOK, question, ()))
    if HOP_NEEDED in checks and len(shown) > 1:
        views += [(HOP_NEEDED, _with_way_out(question), shown[:out] + shown[out + 1 :]) for out in range(len(shown))]
    if OPTIONS_ONLY in checks and question.form == "choice" and question.kind != "true_false":
        stem = OPTIONS_STEM.get(question.language, OPTIONS_STEM["en"])
        views.append((OPTIONS_ONLY, _shown_as(question, text=stem), ()))
    return views


def view_messages(
    view: View, prompt: AnsweringPrompt, working: AnsweringPrompt, titles: Mapping[str, str]
) -> tuple[Message, ...]:
    """Return what a solver is sent under one view: who sees sources works it out, who sees none can only guess."""
    _, shown, beside = view
    return (working if beside else prompt).messages(shown, beside, titles)


def first_requests(
    question: Question, documents: Sequence[Document], checks: frozenset[str]
) -> dict[str, tuple[Message, ...]]:
    """Return what only the first solver is asked, by check."""
    asked: dict[str, tuple[Message, ...]] = {}
    if STANDALONE in checks:
        asked[STANDALONE] = _standalone_messages(question)
    if ROUND_TRIP in checks and documents:
        asked[ROUND_TRIP] = _round_trip_messages(question, documents)
    return asked


def _standalone_messages(question: Question) -> tuple[Message, ...]:
    return load_check_prompt("standalone").fill(question=fenced(question.text, tag="question"))


def _round_trip_messages(question: Question, documents: Sequence[Document]) -> tuple[Message, ...]:
    text = "\n\n".join(
        fenced(shown_text(document, question), tag="document", title=document.title) for document in documents
    )
    posed = "\n".join([question.text, *(f"- {choice}" for choice in question.choices)])
    return load_check_prompt("quote").fill(document=text, question=fenced(posed, tag="question"))


def _with_way_out(question: Question) -> Question:
    """The question with an option to say that what is shown does not tell: whoever must choose guesses."""
    unstated = NOT_STATED.get(question.language, NOT_STATED["en"])
    if question.form != "choice" or any(says_not_stated(choice) for choice in question.choices):
        return question
    return _shown_as(question, choices=(*question.choices, unstated))


def _shown_as(question: Question, **changes: object) -> Question:
    """The question with some of it replaced, under an id of its own."""
    return Question.model_validate({**question.model_dump(exclude={"id"}), **changes})


@dataclass(frozen=True)
class Solvers:
    """Checks questions by asking models. `checks` says which of `NAMES` run; each costs what the estimate states.

    `grades_open` is false where no judge is named: shared words do not tell whether an open answer is right.
    """

    models: tuple[Model, ...]
    prompt: AnsweringPrompt
    """For solvers that see no source."""
    grader: Grader
    checks: frozenset[str] = frozenset(NAMES)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    grades_open: bool = True
    working: AnsweringPrompt = field(default_factory=load_solving_prompt)
    """For solvers that see sources."""

    async def verify(
        self, question: Question, sources: Sequence[Passage], documents: Mapping[str, Document]
    ) -> Verified:
        """Run the checks on one question. Cheap ones first: a question that is unanswerable costs nothing more."""
        titles = {key: document.title for key, document in documents.items()}
        views = solver_views(question, sources, self.checks, grades_open=self.grades_open)
        cited = [documents[name] for name in question.document_ids if name in documents]
        findings: list[Finding] = []
        if STANDALONE in self.checks:
            findings.append(await self._standalone(question))
        if not views and question.form == "open" and ANSWERABLE in self.checks:
            message = "no judge is named, and only a judge can grade open answers"
            findings.append(solver_finding(question, ANSWERABLE, "not_run", "reject", message))
        for _, shown, beside in _of(views, ANSWERABLE, findings):
            solved = await self._solve(shown, beside, titles)
            findings += [answerable_finding(question, solved), ambiguity_finding(question, solved)]
        # Side by side: neither spares the other a call, since what the round trip rejects is not asked closed-book.
        proven, (closed, knowing) = await asyncio.gather(
            self._round_trips(question, cited, findings),
            self._closed_book(question, _of(views, CLOSED_BOOK, findings), titles),
        )
        findings += [*proven, *closed]
        tags = (*question.tags, *((KNOWN if knowing else DOCUMENT_DEPENDENT,) if closed else ()))
        without = _of(views, HOP_NEEDED, findings)
        if without:
            findings.append(await self._hops(question, without, titles, knowing))
        blind: tuple[Solved, ...] = ()
        for _, shown, beside in _of(views, OPTIONS_ONLY, findings):
            blind = await self._solve(shown, beside, titles)
            findings.append(options_only_finding(question, blind))
        kept = tuple(finding for finding in findings if finding.code in self.checks)
        return Verified(question.model_copy(update={"tags": tags}), kept, blind)

    async def _closed_book(
        self, question: Question, views: Sequence[View], titles: Mapping[str, str]
    ) -> tuple[list[Finding], frozenset[str]]:
        """Ask without any source; returns what was found, and the solvers that know the answer."""
        findings: list[Finding] = []
        knowing: frozenset[str] = frozenset()
        for _, shown, beside in views:
            closed = await self._solve(shown, beside, titles)
            findings.append(closed_book_finding(question, closed))
            knowing = known_by(question, closed)
        return findings, knowing

    async def _round_trips(
        self, question: Question, cited: Sequence[Document], findings: Sequence[Finding]
    ) -> list[Finding]:
        """The round trip, of a question that stands so far."""
        if ROUND_TRIP not in self.checks or not cited or _rejects(findings):
            return []
        return [await self._round_trip(question, cited)]

    async def _solve(
        self, question: Question, sources: Sequence[Passage], titles: Mapping[str, str]
    ) -> tuple[Solved, ...]:
        messages = view_messages(("", question, tuple(sources)), self.prompt, self.working, titles)
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
        answer, worked = without_working(reply.text) if question.form != "open" else (reply.text, "")
        response = Response(model=model.name, question_id=question.id, condition="check", text=answer)
        score: Score = await self.grader.grade(question, response)
        said = " — ".join(filter(None, (answer, worked)))
        return Solved(model.name, said, score.value, said_option(answer, question))

    async def _hops(
        self, question: Question, views: Sequence[View], titles: Mapping[str, str], knowing: frozenset[str]
    ) -> Finding:
        """Leave out one source at a time; solvers that know the answer anyway tell nothing of the sources."""
        found: Finding | None = None
        for number, (_, shown, beside) in enumerate(views, 1):
            solved = await self._solve(shown, beside, titles)
            telling = [answer for answer in solved if answer.solver not in knowing]
            finding = hop_finding(question, telling, f"source {number} of {len(views)}", options=len(shown.choices))
            if finding.status == "problem" and finding.effect == "reject":
                return finding
            found = found if found is not None and found.status != "passed" else finding
        assert found is not None
        return found

    def _request(self, messages: tuple[Message, ...], schema: dict[str, Any]) -> Request:
        return Request(messages=messages, parameters=dict(self.parameters), response_schema=schema)

    async def _round_trip(self, question: Question, cited: Sequence[Document]) -> Finding:
        """Ask for the answer and its proof from whole documents, where a passage more may say something else."""
        if not self.models:
            return solver_finding(question, ROUND_TRIP, "not_applicable", "flag", "no model was named")
        messages = _round_trip_messages(question, cited)
        reply = await self.models[0].respond(self._request(messages, PROOF_SCHEMA))
        read = read_object(reply.text, _Proof)
        if read.value is None:
            message = f"the reply could not be read: {read.reason}"
            return solver_finding(question, ROUND_TRIP, "not_run", "flag", message)
        proof = read.value
        places = _proven(proof.quote, cited)
        said = f"{proof.answer} — {proof.quote!r}"
        if question.kind == "unanswerable":
            if places and not says_not_stated(proof.answer):
                message = "the document does state it: a solver answers from the whole document and proves it"
                return solver_finding(question, ROUND_TRIP, "problem", "reject", message, said)
            return solver_finding(question, ROUND_TRIP, "passed", "reject", "nowhere in the document is it stated")
        if any(
            citation.document_id == document.id and piece.start < citation.end and citation.start < piece.end
            for document, piece in places
            for citation in question.citations
        ):
            return solver_finding(question, ROUND_TRIP, "passed", "flag", "a solver found the cited place again")
        if not places:
            message = "a solver given the whole document found no proof"
            return solver_finding(question, ROUND_TRIP, "problem", "flag", message, said)
        response = Response(model=self.models[0].name, question_id=question.id, condition="check", text=proof.answer)
        score = await self.grader.grade(question, response) if question.form != "open" else None
        if score is not None and score.value is not None and score.value >= 0.5:
            message = "another place of the document gives the same answer"
            return solver_finding(question, ROUND_TRIP, "passed", "flag", message, said)
        message = "a solver given the whole document proves another answer from another place"
        return solver_finding(question, ROUND_TRIP, "problem", "flag", message, said)

    async def _standalone(self, question: Question) -> Finding:
        """Ask one solver whether the question stands alone; its no counts where it names words of the question."""
        if not self.models:
            return solver_finding(question, STANDALONE, "not_run", "reject", "no model was named")
        reply = await self.models[0].respond(self._request(_standalone_messages(question), STANDALONE_SCHEMA))
        read = read_object(reply.text, _Standalone)
        if read.value is None:
            message = f"the reply could not be read: {read.reason}"
            return solver_finding(question, STANDALONE, "not_run", "reject", message)
        said, unclear = read.value, read.value.unclear.strip(" \"'“”‘’.")
        if said.standalone:
            return solver_finding(question, STANDALONE, "passed", "reject", said.reason or "understandable alone")
        if unclear and _stands_in(unclear, question.text):
            message = f"{unclear!r} is not clear: {said.reason}"
            return solver_finding(question, STANDALONE, "problem", "reject", message)
        # A verdict that points at nothing in the question is a hunch, and one model's hunch drops nothing.
        message = f"a solver finds it unclear, without naming words of it: {said.reason}"
        return solver_finding(question, STANDALONE, "problem", "flag", message)


def _proven(quote: str, documents: Sequence[Document]) -> list[tuple[Document, Located]]:
    """Where the pieces of a proof stand, each in one of the documents; empty where one of them stands nowhere."""
    places: list[tuple[Document, Located]] = []
    for piece in filter(None, ELLIPSIS.split(quote)):
        found = [(document, place) for document in documents for place in locate_quote(piece, document.text)]
        if not found:
            return []
        places += found
    return places


def _stands_in(words: str, text: str) -> bool:
    place = find_folded(words, text)
    if place is None or not words.isascii():
        return place is not None
    # The "he" of "the head" is no word.
    return re.search(rf"(?<!\w){re.escape(text[place[0] : place[1]])}(?!\w)", text) is not None


def _of(views: Sequence[View], check: str, findings: Sequence[Finding]) -> list[View]:
    """The views of one check, none of them once the question is rejected."""
    return [] if _rejects(findings) else [view for view in views if view[0] == check]


def _rejects(findings: Sequence[Finding]) -> bool:
    return any(finding.effect == "reject" and finding.status == "problem" for finding in findings)
