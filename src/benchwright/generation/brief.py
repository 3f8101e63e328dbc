"""Read a brief such as "120 hard multiple-choice questions on the warranty rules, in Korean, under 3 dollars".

Every phrase that is understood is taken out of the brief. What is left over and carries meaning is refused by name: a
wish that is silently dropped would be a benchmark that nobody ordered.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchwright.errors import ConfigError
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
    TOPIC,
    TOTAL,
    with_digits,
)
from benchwright.generation.kinds import KINDS
from benchwright.generation.order import DEFAULT_KINDS, Order

BLANK = "\0"
"""Stands for each character that was understood."""


@dataclass(frozen=True)
class Brief:
    """A brief as understood: the order, the spending limit in US dollars, and the documents it names, if it does."""

    order: Order
    budget_usd: float | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Wish:
    """One attribute that the brief names, such as (`forms`, `choice`), and where."""

    family: str
    name: str
    start: int
    end: int


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
    options = reader.take(OPTIONS)
    shares = reader.every(PERCENT)
    sources = tuple(_only(match).strip() for match in reader.every(NAMED_SOURCE))
    topic = reader.take(TOPIC)
    audience = reader.take(AUDIENCE)
    languages = [name for name, pattern in LANGUAGES.items() if reader.take(pattern)]
    wishes = [
        _Wish(family, name, match.start(), match.end())
        for family, patterns in FAMILIES.items()
        for name, pattern in patterns.items()
        for match in reader.every(pattern)
    ]
    total = reader.take(TOTAL)
    counts = reader.every(COUNT)
    _refuse_the_rest(reader)
    if len(languages) > 1:
        named = ", ".join(languages)
        raise ConfigError(f"the brief names {len(languages)} languages ({named}); make one benchmark each")
    mixes = _mixes(wishes, counts, shares, total)
    values: dict[str, object] = {}
    number = _number(total) if total else sum(map(_number, counts))
    if number:
        values["questions"] = number
    if options:
        values["options"] = int(_only(options))
    forms = mixes.get("forms") or ({"choice": 1.0} if options else {})
    # `주관식` is any answer in one's own words.
    forms = {
        form: weight for name, weight in forms.items() for form in (("short", "open") if name == "written" else (name,))
    }
    if forms:
        values["forms"] = forms
    kinds = mixes.get("kinds") or dict(DEFAULT_KINDS)
    if forms:
        kinds = {name: weight for name, weight in kinds.items() if set(KINDS[name].forms) & set(forms)}
        if not kinds and "kinds" in mixes:
            raise ConfigError(
                f"the brief asks for {' and '.join(mixes['kinds'])} questions as {' and '.join(forms)}; they come as "
                + "; ".join(f"{name}: {' or '.join(KINDS[name].forms)}" for name in mixes["kinds"])
            )
    values["kinds"] = kinds or {"open_ended": 1.0}
    for family in ("reach", "difficulty"):
        if family in mixes:
            values[family] = mixes[family]
    if languages:
        values["language"] = languages[0]
    if topic:
        values["topics"] = re.sub(r"\s+only$|만$", "", _only(topic).strip())
    if audience:
        values["instructions"] = f"Those who ask are: {_only(audience).strip()}."
    return Brief(Order.model_validate(values), budget, sources)


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


def _mixes(
    wishes: list[_Wish], counts: list[re.Match[str]], shares: list[re.Match[str]], total: re.Match[str] | None
) -> dict[str, dict[str, float]]:
    """The mix of each family: equal, unless the brief gives numbers or shares for its parts."""
    mixes: dict[str, dict[str, float]] = {}
    for wish in sorted(wishes, key=lambda each: each.start):
        mixes.setdefault(wish.family, {})[wish.name] = 1.0
    marks = shares or (counts if len(counts) > 1 or (total and counts) else [])
    if not marks:
        return mixes
    parts = [(float(_number(mark)), _belonging(mark, marks, wishes)) for mark in marks]
    if any(not own for _, own in parts):
        raise ConfigError(
            f"the brief gives several numbers ({', '.join(mark.group().strip() for mark in marks)}), and it cannot be "
            "told what each belongs to; name one total, or a kind, form, difficulty or reach beside each number"
        )
    families = {frozenset(wish.family for wish in own) for _, own in parts}
    if len(families) > 1 or any(len(family) > 1 for family in families):
        raise ConfigError(
            "the brief orders parts that differ in "
            f"{' and '.join(sorted({wish.family for _, own in parts for wish in own}))} at once, but mixes are "
            "independent of each other; generate one part after the other into the same folder, which gains what is new"
        )
    (family,) = next(iter(families))
    mix: dict[str, float] = {}
    for amount, own in parts:
        for wish in own:
            mix[wish.name] = mix.get(wish.name, 0.0) + amount / len(own)
    rest = (100.0 if shares else float(_number(total)) if total else 0.0) - sum(amount for amount, _ in parts)
    if rest > 0 and family == "kinds":
        others = {name: weight for name, weight in DEFAULT_KINDS.items() if name not in mix}
        scale = rest / sum(others.values())
        mix |= {name: round(weight * scale, 2) for name, weight in others.items()}
    elif rest > 0:
        raise ConfigError(
            f"the brief says of only a part of the questions what {family} they have; say it of all of them"
        )
    mixes[family] = mix
    return mixes


def _belonging(mark: re.Match[str], marks: Iterable[re.Match[str]], wishes: list[_Wish]) -> list[_Wish]:
    """The attributes that a number stands beside: after it, up to the next number; in Korean also before it."""
    others = [other for other in marks if other is not mark]
    after = min((other.start() for other in others if other.start() > mark.start()), default=len(mark.string))
    before = max((other.end() for other in others if other.end() <= mark.start()), default=0)
    behind = [wish for wish in wishes if mark.end() <= wish.start < after]
    ahead = [wish for wish in wishes if before <= wish.start < mark.start()]
    is_korean = re.search(r"[가-힣]", mark.string) is not None
    return (ahead or behind) if is_korean else (behind or ahead)


def _refuse_the_rest(reader: _Reader) -> None:
    left = re.sub(r"[\0,;.:+·&/()\"'!?-]", " ", FILLER.sub(" ", reader.rest.replace(BLANK, " , ")))
    left = " ".join(FILLER.sub(" ", left).split())
    if left:
        raise ConfigError(
            f"the brief asks for {left!r}, which cannot be done or was not understood "
            f"(understood: {', '.join(reader.understood) or 'nothing'}); "
            "leave it out, or write benchwright.yaml by hand"
        )
