"""Read a brief such as "120 hard multiple-choice questions on the warranty rules, in Korean, under 3 dollars".

Every phrase that is understood is taken out of the brief. What is left over and carries meaning is refused by name: a
wish that is silently dropped would be a benchmark that nobody ordered.
"""

import re
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from benchwright.errors import ConfigError
from benchwright.generation.brief_parts import Mark, Wish, find_total, order_values, with_every_kind
from benchwright.generation.brief_words import (
    AUDIENCE,
    BUDGET,
    COUNT,
    FAMILIES,
    FILLER,
    LANGUAGES,
    MONEY,
    NAMED_SOURCE,
    OPTIONS,
    PERCENT,
    REST,
    TOPIC,
    TOTAL,
    UNDOABLE,
    with_digits,
)
from benchwright.generation.order import Order

BLANK = "\0"
"""Stands for each character that was understood."""


@dataclass(frozen=True)
class Brief:
    """A brief as understood: the order, the spending limit in US dollars, and the documents it names, if it does."""

    order: Order
    budget_usd: float | None = None
    sources: tuple[str, ...] = ()


@dataclass
class _Reader:
    """The part of a brief that is not understood yet; what was taken is blanked out, so that places stay."""

    rest: str
    understood: list[str] = field(default_factory=list)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Find a phrase, take it out, and remember it."""
        match = pattern.search(self.rest)
        if match:
            self.rest = f"{self.rest[: match.start()]}{BLANK * len(match.group())}{self.rest[match.end() :]}"
            self.understood.append(match.group().strip())
        return match

    def every(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Take every such phrase."""
        found: list[re.Match[str]] = []
        while match := self.take(pattern):
            found.append(match)
        return found


def read_brief(text: str) -> Brief:
    """Return what a brief orders.

    Raises:
        ConfigError: part of the brief asks for something this program cannot do; the message names that part.
    """
    reader = _Reader(with_digits(text.strip()))
    budget = _budget(reader)
    wishes = [Wish("options", _only(match), match.start(), match.end()) for match in reader.every(OPTIONS)]
    if refused := reader.take(UNDOABLE):
        raise ConfigError(f"the brief asks for {refused.group().strip()!r}, which cannot be ordered; leave it out")
    shares = [replace(_mark(match), is_share=True) for match in reader.every(PERCENT)]
    sources = tuple(_only(match).strip() for match in reader.every(NAMED_SOURCE))
    topics = reader.every(TOPIC)
    languages = [name for name, pattern in LANGUAGES.items() if reader.take(pattern)]
    wishes += [
        Wish(family, name, match.start(), match.end())
        for family, patterns in FAMILIES.items()
        for name, pattern in patterns.items()
        for match in reader.every(pattern)
    ]
    wishes += [Wish("topics", _topic(match), match.start(), match.end()) for match in topics]
    audience = reader.take(AUDIENCE)
    stated = reader.take(TOTAL)
    counts = [_mark(match) for match in reader.every(COUNT)]
    rests = [Mark(None, match.start(), match.end(), match.group().strip()) for match in reader.every(REST)]
    _refuse_the_rest(reader)
    if len(languages) > 1:
        named = ", ".join(languages)
        raise ConfigError(f"the brief names {len(languages)} languages ({named}); make one benchmark each")
    wishes.sort(key=lambda wish: wish.start)
    total, counts = (float(_number(stated)), counts) if stated else find_total(reader.rest, wishes, counts)
    if shares or (rests and len(counts) == 1 and total is None):
        total, counts = total if total is not None else sum(mark.amount or 0 for mark in counts) or None, shares
    marks = sorted([*counts, *rests], key=lambda mark: mark.start)
    values: dict[str, object] = with_every_kind(order_values(reader.rest, wishes, marks, total))
    if languages:
        values["language"] = languages[0]
    if audience:
        values["instructions"] = f"Those who ask are: {_only(audience).strip()}."
    return Brief(_order(values), budget, sources)


def _order(values: dict[str, object]) -> Order:
    try:
        return Order.model_validate(values)
    except ValidationError as error:
        said = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        raise ConfigError(f"the brief cannot be filled: {said}") from error


def _mark(match: re.Match[str]) -> Mark:
    return Mark(float(_number(match)), match.start(), match.end(), match.group().strip())


def _topic(match: re.Match[str]) -> str:
    """The topic without what belongs to the words around it."""
    said = re.sub(
        r"^(?:개|문항|문제|건|가지)?(?:와|과|하고|이랑|랑|는|은|으로)?\s+|^(?:그리고|및)\s+", "", _only(match).strip()
    )
    return re.sub(r"\s+only$|만$", "", said).strip()


def _only(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


def _number(match: re.Match[str]) -> int:
    return int(_only(match).replace(",", ""))


def _budget(reader: _Reader) -> float | None:
    found = reader.take(BUDGET)
    if found is None:
        return None
    money = MONEY.search(found.group())
    assert money is not None
    currency = (money["sign"] or money["name"] or "").strip()
    if not re.fullmatch(r"\$|us\$|usd|dollars?|bucks?|달러|불", currency, re.IGNORECASE):
        raise ConfigError(
            f"the brief sets a limit of {money.group().strip()!r}; limits are kept in US dollars, as the prices of "
            "models are, and no rate of exchange is assumed: write it in dollars, such as `under 3 dollars`"
        )
    scale = {"k": 1_000, "thousand": 1_000, "천": 1_000, "만": 10_000, "백": 100}.get((money["scale"] or "").lower(), 1)
    return float(money["amount"].replace(",", "")) * scale


def _refuse_the_rest(reader: _Reader) -> None:
    left = _left(reader.rest)
    if left:
        raise ConfigError(
            f"the brief asks for {left!r}, which cannot be done or was not understood "
            f"(understood: {', '.join(reader.understood) or 'nothing'}); leave it out, write a topic as `about …` or "
            "`…에 대한`, or write benchwright.yaml by hand"
        )


def _left(rest: str) -> str:
    """What asks for something and was not understood, in the words of the brief."""
    found: list[str] = []
    meant = FILLER.sub(lambda match: BLANK * len(match.group()), rest.replace(BLANK, "\1"))
    for clause in re.finditer(r"[^\1,;:()]+", meant):
        words = list(re.finditer(r"[\w$€£¥₩%]+", clause.group()))
        if words:
            found.append(rest[clause.start() + words[0].start() : clause.start() + words[-1].end()])
    return ", ".join(found)
