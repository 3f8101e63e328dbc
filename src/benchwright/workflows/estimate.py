"""Calls, tokens, money and minutes of a planned benchmark, and what it will be able to show, before anything is spent.

The plan is made for real, and every request is written for real but not sent: calls and characters are counts, not
guesses. What is assumed is stated: characters per token by script, output tokens per answer; both give way to what the
journal measured once it holds 20 calls of that stage and model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from benchwright.curation.solving import (
    NAMES,
    ROUND_TRIP,
    first_requests,
    load_solving_prompt,
    solver_views,
    view_messages,
)
from benchwright.errors import InputError, NothingKept
from benchwright.evaluation.graders.judge import Judge
from benchwright.evaluation.prompt import AnsweringPrompt, read_prompt
from benchwright.generation.plan import Batch, Plan
from benchwright.generation.rewrite import Rewriter
from benchwright.generation.shelf import usable
from benchwright.generation.slots import Slot
from benchwright.generation.summarise import Summariser
from benchwright.generation.writer import MOST_ATTEMPTS, ModelWriter
from benchwright.models.client import PICTURE_TOKENS
from benchwright.models.prices import Price, PriceList
from benchwright.records import Citation, Document, Message, Passage, Provenance, Question, Reply, Request
from benchwright.stats.power import smallest_detectable_difference
from benchwright.store.journal import Bill
from benchwright.workflows.embedding import EMBEDDING, embedding_calls, joins_passages
from benchwright.workflows.filling import MOST_ROUNDS
from benchwright.workflows.ocr import STAGE as OCR_STAGE
from benchwright.workflows.ocr import load_transcribe_prompt, transcribe_messages

CHARACTERS_PER_TOKEN = {"hangul": 1.7, "ideographs": 1.3, "other": 2.5, "latin": 4.0}
"""Assumed until 20 calls were measured."""

MEASURED_FROM = 20
"""Calls of one stage and model after which measured usage takes the place of the assumptions."""

OUTPUT_TOKENS = {
    "write": 190,
    "choice": 8,
    "short": 15,
    "open": 130,
    "working": 70,
    "standalone": 40,
    "quote": 45,
    "judge": 60,
    "rewrite": 45,
    "summarise": 170,
    "ocr": 700,
}
"""Assumed tokens of one answer; for writing, of one question."""

SUMMARY_WORDS = 110
"""Of a summary that is not written yet; the prompt allows 120. A short document has a shorter one."""

SECONDS_PER_OUTPUT_TOKEN = 0.015
SECONDS_PER_CALL = 0.6
"""Assumed speed of a hosted model: time to the first token, and each token after it."""


@dataclass(frozen=True)
class Sent:
    """Requests of one stage to one model. `most` is an upper bound that is never exceeded."""

    stage: str
    model: str
    calls: int
    most_calls: int
    characters: int
    input_tokens: int
    output_tokens: int
    is_measured: bool


@dataclass(frozen=True)
class Row(Sent):
    """One line of the estimate. `cost_usd` is `None` where the price is unknown."""

    cost_usd: float | None = None
    most_usd: float | None = None
    minutes: float = 0.0


@dataclass(frozen=True)
class Estimate:
    """The whole estimate."""

    rows: tuple[Row, ...]
    questions: int
    documents: int
    smallest_detectable_difference: float | None
    plan: tuple[str, ...]
    assumptions: tuple[str, ...]

    @property
    def cost_usd(self) -> float | None:
        """The expected cost; `None` where any price is unknown."""
        costs = [row.cost_usd for row in self.rows]
        return None if any(cost is None for cost in costs) else sum(cost or 0.0 for cost in costs)

    @property
    def most_usd(self) -> float | None:
        """The upper bound; `None` where any price is unknown."""
        costs = [row.most_usd for row in self.rows]
        return None if any(cost is None for cost in costs) else sum(cost or 0.0 for cost in costs)


@dataclass
class _Count:
    """Requests as they add up for one stage and model."""

    calls: int = 0
    characters: int = 0
    tokens: float = 0.0
    output_tokens: int = 0
    more: int = 0
    """Calls beyond `calls` in the worst case: further rounds, malformed answers, wordings that are dropped."""
    peak: int = 0
    """The most calls that checking one question takes; of a later round nobody knows which sorts it asks for."""
    spare: tuple[int, int] = (0, 0)
    """Tokens in and out of one of those calls, where none is expected: a writer whose turn comes in a later round."""

    def add(self, messages: Sequence[Message], output_tokens: int, times: int = 1) -> None:
        """Count one request, `times` over."""
        self.calls += times
        for message in messages:
            self.characters += times * len(message.content)
            self.tokens += times * assumed_tokens(message.content)
        self.output_tokens += times * output_tokens


class _Silent:
    """Stands for a model whose requests are only counted."""

    name = "counted"

    async def respond(self, request: Request) -> Reply:
        raise AssertionError(f"an estimate sends nothing, but a request with {len(request.messages)} messages came")


@dataclass(frozen=True)
class Setting:
    """What the estimate is for: who writes, checks, judges and answers, under which conditions, how often."""

    writers: Sequence[str] = ()
    solvers: Sequence[str] = ()
    judges: Sequence[str] = ()
    rewriter: str = ""
    summariser: str = ""
    embedder: str = ""
    ocr: str = ""
    pages: int = 0
    """Pages that the model `ocr` has still to read. What they say is not in the plan: nobody knows it yet."""
    candidates: Sequence[str] = ()
    conditions: Sequence[str] = ("closed", "passage")
    repeats: int = 1
    checks: frozenset[str] = frozenset(NAMES)
    concurrency: int = 16


def assumed_tokens(text: str) -> float:
    """Return the tokens that `text` is assumed to have, by the scripts in it."""
    if text.isascii():
        return len(text) / CHARACTERS_PER_TOKEN["latin"]
    hangul = sum("\uac00" <= character <= "\ud7a3" for character in text)
    ideographs = sum("\u3040" <= character <= "\u30ff" or "\u4e00" <= character <= "\u9fff" for character in text)
    latin = sum(character < "\u0250" for character in text)
    other = len(text) - hangul - ideographs - latin
    counts = {"hangul": hangul, "ideographs": ideographs, "latin": latin, "other": other}
    return sum(count / CHARACTERS_PER_TOKEN[script] for script, count in counts.items())


def estimate(
    plan: Plan,
    documents: Sequence[Document],
    setting: Setting,
    *,
    passages: Sequence[Passage] = (),
    prices: Mapping[str, Price | PriceList | None] | None = None,
    measured: Sequence[Bill] = (),
) -> Estimate:
    """Count what a plan will send.

    Args:
        plan: What will be asked of which passages; see `generate_by_model.plan_for`.
        documents: The documents of the plan.
        setting: Who writes, checks, judges and answers.
        passages: Those of the documents; an embedder reads them.
        prices: By model; `None`, or a name left out, is an unknown price. Built-in models cost nothing.
        measured: The journal's bill; replaces the assumptions from 20 calls on.

    Returns:
        Calls as expected (no question rejected) with a bound that is never exceeded; characters, tokens, money, time.
    """
    if not plan.planned:
        raise NothingKept(f"there is nothing to estimate: {plan.shortfall or 'no question could be planned'}")
    if not (setting.writers or setting.candidates):
        raise InputError("name who writes (`--writer`) or who answers (`-m`), here or in benchwright.yaml")
    counted: dict[tuple[str, str], _Count] = {}
    by_id = {document.id: document for document in documents}
    _count_pages(setting, counted)
    _count_embedding(plan, passages, setting, counted)
    _count_writing(plan, by_id, setting, counted)
    questions = [(batch, slot, _stand_in(plan, batch, slot)) for batch in plan.batches for slot in batch.slots]
    prompt = read_prompt()
    for batch, slot, question in questions:
        _count_rewriting(batch, question, setting, counted)
        before = {key: count.calls for key, count in counted.items()}
        _count_checks(batch, slot, question, setting, by_id, prompt, counted)
        for key, count in counted.items():
            count.peak = max(count.peak, count.calls - before.get(key, 0))
        _count_answers(batch, question, setting, by_id, prompt, counted)
    rows = tuple(
        _row(stage, model, count, setting, plan.planned, (prices or {}).get(model), measured)
        for (stage, model), count in counted.items()
        if count.calls or count.more
    )
    total = plan.planned
    cited = len({batch.sources[0].document_id for batch in plan.batches})
    return Estimate(
        rows=rows,
        questions=total,
        documents=cited,
        smallest_detectable_difference=smallest_detectable_difference(total, clusters=cited) if total > 1 else None,
        plan=tuple(plan.lines()),
        assumptions=_assumptions(rows),
    )


def _count_pages(setting: Setting, counted: dict[tuple[str, str], _Count]) -> None:
    if setting.pages:
        count = counted.setdefault((OCR_STAGE, setting.ocr), _Count())
        count.add(transcribe_messages(load_transcribe_prompt()), OUTPUT_TOKENS["ocr"], setting.pages)
        count.tokens += setting.pages * PICTURE_TOKENS


def _count_embedding(
    plan: Plan, passages: Sequence[Passage], setting: Setting, counted: dict[tuple[str, str], _Count]
) -> None:
    if setting.embedder and joins_passages(plan.order):
        count = counted.setdefault((EMBEDDING, setting.embedder), _Count())
        for texts in embedding_calls(usable(passages)):
            count.add([Message(role="user", content=text) for text in texts], 0)


def _count_writing(
    plan: Plan, documents: Mapping[str, Document], setting: Setting, counted: dict[tuple[str, str], _Count]
) -> None:
    if not setting.writers:
        return
    writer = ModelWriter(_Silent(), plan.order)
    needed = dict.fromkeys(source.document_id for batch in plan.batches for source in batch.sources)
    if setting.summariser:
        about = Summariser(_Silent(), documents, plan.order.language)
        writer = replace(writer, summaries={name: _summary_stand_in(documents[name]) for name in needed})
        count = counted.setdefault(("summarise", setting.summariser), _Count())
        for name in needed:
            count.add(about.request(documents[name]).messages, OUTPUT_TOKENS["summarise"])
        later = (batch for batches in plan.reserve.values() for batch in batches)
        possible = {source.document_id for batch in (*plan.batches, *later) for source in batch.sources}
        count.more = MOST_ATTEMPTS * len(possible) - count.calls
    for batch in plan.batches:
        name = setting.writers[batch.number % len(setting.writers)]
        count = counted.setdefault(("write", name), _Count())
        count.add(writer.request(batch).messages, OUTPUT_TOKENS["write"] * len(batch.slots))
    batch = plan.batches[0]
    one = _Count()
    one.add(writer.request(batch).messages, OUTPUT_TOKENS["write"] * len(batch.slots))
    for name in set(setting.writers):
        count = counted.setdefault(("write", name), _Count())
        count.spare = (round(one.tokens), one.output_tokens)
        # A later round asks for what is missing, at worst one question a call, and whose turn it is is not known yet.
        count.more = MOST_ATTEMPTS * (count.calls + (MOST_ROUNDS - 1) * plan.planned) - count.calls


def _count_rewriting(
    batch: Batch, question: Question, setting: Setting, counted: dict[tuple[str, str], _Count]
) -> None:
    if setting.rewriter:
        request = Rewriter(_Silent()).request(question, batch.sources)
        count = counted.setdefault(("rewrite", setting.rewriter), _Count())
        count.add(request.messages, OUTPUT_TOKENS["rewrite"])
        count.more += MOST_ROUNDS * MOST_ATTEMPTS - 1


def _count_checks(
    batch: Batch,
    slot: Slot,
    question: Question,
    setting: Setting,
    documents: Mapping[str, Document],
    prompt: AnsweringPrompt,
    counted: dict[tuple[str, str], _Count],
) -> None:
    if not setting.solvers:
        return
    cited = [documents[name] for name in dict.fromkeys(source.document_id for source in batch.sources)]
    first = counted.setdefault(("check", setting.solvers[0]), _Count())
    for check, messages in first_requests(question, cited, setting.checks).items():
        first.add(messages, OUTPUT_TOKENS["quote" if check == ROUND_TRIP else "standalone"])
    titles = {key: document.title for key, document in documents.items()}
    views = solver_views(question, batch.sources, setting.checks, grades_open=bool(setting.judges))
    for solver in setting.solvers:
        count = counted.setdefault(("check", solver), _Count())
        for view in views:
            works = OUTPUT_TOKENS["working"] if view[2] and slot.form != "open" else 0
            messages = view_messages(view, prompt, load_solving_prompt(), titles)
            count.add(messages, OUTPUT_TOKENS[slot.form] + works)
    if slot.form == "open":
        _count_judging(question, setting, len(views) * len(setting.solvers), counted)


def _count_answers(
    batch: Batch,
    question: Question,
    setting: Setting,
    documents: Mapping[str, Document],
    prompt: AnsweringPrompt,
    counted: dict[tuple[str, str], _Count],
) -> None:
    titles = {key: document.title for key, document in documents.items()}
    shown = {
        "closed": (),
        "passage": batch.sources,
        "document": tuple(
            Passage(document_id=key, start=0, end=len(documents[key].text), text=documents[key].text)
            for key in dict.fromkeys(source.document_id for source in batch.sources)
        ),
        "retrieval": batch.sources * 2,
    }
    asked = [condition for condition in setting.conditions if question.kind != "unanswerable" or condition != "closed"]
    for candidate in setting.candidates:
        count = counted.setdefault(("answer", candidate), _Count())
        for condition in asked:
            messages = prompt.messages(question, shown[condition], titles)
            count.add(messages, OUTPUT_TOKENS[question.form], setting.repeats)
    if question.form == "open":
        _count_judging(question, setting, len(asked) * len(setting.candidates) * setting.repeats, counted)


def _rounds_of_checks(setting: Setting) -> int:
    """How often a planned question is checked at most: once a round, and once more where a new wording is dropped."""
    return MOST_ROUNDS * (2 if setting.rewriter else 1)


def _count_judging(question: Question, setting: Setting, answers: int, counted: dict[tuple[str, str], _Count]) -> None:
    for judge in setting.judges:
        count = counted.setdefault(("judge", judge), _Count())
        request = Judge(_Silent()).request(question, question.answer)
        count.add(request.messages, OUTPUT_TOKENS["judge"], answers)
        count.more += (MOST_ATTEMPTS - 1) * answers


def _summary_stand_in(document: Document) -> str:
    words = min(SUMMARY_WORDS, len(document.text.split()) * 2 // 3)
    return (_stand_in_word(document.language) * words).strip()


def _stand_in_word(language: str) -> str:
    return "가나다라 " if language in ("ko", "ja", "zh") else "words "


def _stand_in(plan: Plan, batch: Batch, slot: Slot) -> Question:
    """A question of ordinary length where the real one is not written yet; the sources around it are the real ones."""
    words = _stand_in_word(batch.language)
    text = (words * (20 if words.isascii() else 14)).strip()
    answer = (words * {"choice": 3, "short": 2, "open": 40}[slot.form]).strip()
    options = 2 if slot.kind == "true_false" else plan.order.numbered[batch.part].options
    choices = (answer, *(f"{answer} {number}" for number in range(1, options))) if slot.form == "choice" else ()
    return Question(
        form=slot.form,
        kind=slot.kind,
        text=text,
        choices=choices,
        answer=answer,
        rubric=answer if slot.form == "open" else "",
        language=batch.language,
        citations=tuple(
            Citation(document_id=source.document_id, start=source.start, end=source.start + 120, text=source.text[:120])
            for source in batch.sources
        ),
        provenance=Provenance(writer="estimate"),
    )


def _row(
    stage: str,
    model: str,
    count: _Count,
    setting: Setting,
    planned: int,
    price: Price | PriceList | None,
    measured: Sequence[Bill],
) -> Row:
    bill = next((b for b in measured if (b.stage, b.model) == (stage, model) and b.calls >= MEASURED_FROM), None)
    input_tokens, output_tokens = round(count.tokens), count.output_tokens
    if bill is not None and bill.characters and bill.input_tokens:
        input_tokens = round(count.characters * bill.input_tokens / bill.characters)
        output_tokens = round(count.calls * bill.output_tokens / bill.calls)
    repeats = _rounds_of_checks(setting) - 1 if stage in ("check", "judge") else 0
    a_check = count.peak * (MOST_ATTEMPTS if stage == "judge" else 1)
    most_calls = count.calls + repeats * planned * a_check + count.more
    is_free = model.startswith(("builtin/", "replay:"))
    cost = most = 0.0 if is_free else None
    if price is not None:
        # By the call: some prices depend on the length of one request.
        one_call = (input_tokens // count.calls, output_tokens // count.calls) if count.calls else count.spare
        a_call = price.bound_usd(*one_call)
        cost, most = count.calls * a_call, most_calls * a_call
    seconds = count.calls * SECONDS_PER_CALL + output_tokens * SECONDS_PER_OUTPUT_TOKEN
    return Row(
        stage=stage,
        model=model,
        calls=count.calls,
        most_calls=most_calls,
        characters=count.characters,
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        is_measured=bill is not None,
        cost_usd=cost,
        most_usd=most,
        minutes=0.0 if is_free else seconds / 60 / setting.concurrency,
    )


def _assumptions(rows: Sequence[Row]) -> tuple[str, ...]:
    said: list[str] = []
    if any(not row.is_measured for row in rows):
        per_token = ", ".join(f"{script} {value}" for script, value in CHARACTERS_PER_TOKEN.items())
        said.append(f"characters per token: {per_token} (until {MEASURED_FROM} calls were measured)")
        said.append("output tokens an answer: " + ", ".join(f"{name} {count}" for name, count in OUTPUT_TOKENS.items()))
    if any(row.stage == OCR_STAGE for row in rows):
        said.append(f"{PICTURE_TOKENS} tokens a page's picture; pages not read yet are not in the plan")
    if any(row.stage == EMBEDDING for row in rows):
        said.append("which passages are joined is known only when they are embedded; neighbours stand for them here")
    said.append(f"speed: {SECONDS_PER_CALL} s a call and {SECONDS_PER_OUTPUT_TOKEN} s an output token")
    said.append("accuracy .8, no correlation between models, questions independent within documents")
    return tuple(said)
