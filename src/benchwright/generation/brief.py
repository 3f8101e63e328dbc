"""Read a brief such as "120 hard multiple-choice questions on the warranty rules, in Korean, under 3 dollars".

Every phrase that is understood is taken out of the brief. What is left over and carries meaning is refused by name: a
wish that is silently dropped would be a benchmark that nobody ordered.
"""

import re
from dataclasses import dataclass, field
from typing import TypeVar

from benchwright.errors import ConfigError
from benchwright.generation.kinds import KINDS
from benchwright.generation.order import DEFAULT_KINDS, Difficulty, Order, Reach
from benchwright.records.question import Form

Name = TypeVar("Name", bound=str)

_FORMS: dict[Form, str] = {
    "choice": r"multiple[- ]choice|객관식|선다형",
    "short": r"short[- ]answers?|단답형?|주관식 단답",
    "open": r"open(?:[- ](?:answers?|form))?(?![- ]?ended)|essay|long[- ]answers?|서술형|논술형",
}
_DIFFICULTIES: dict[Difficulty, str] = {
    "easy": r"easy|simple|쉬운|쉬움",
    "medium": r"medium|moderate|intermediate|보통|중간",
    "hard": r"hard|difficult|challenging|tough|어려운|고난도",
}
_KINDS = {
    "factual": r"factual|facts?|사실",
    "numeric": r"numeric(?:al)?|calculation|계산|수치",
    "conceptual": r"conceptual|개념",
    "analytical": r"analytical|analysis|reasoning|분석",
    "application": r"application|applied|case|scenario|적용|사례",
    "counterfactual": r"counterfactual|what[- ]if|가정",
    "false_premise": r"false[- ]premise|거짓 전제|잘못된 전제",
    "clarification": r"clarification|clarifying|혼동",
    "edge_case": r"edge[- ]cases?|boundary|corner[- ]cases?|경계",
    "true_false": r"true[/ -](?:or[- ])?false|yes[/ -]no|참[/·]거짓|OX",
    "open_ended": r"open[- ]ended|explanation|summary|설명형",
    "unanswerable": r"unanswerable|not[- ]stated|답할 수 없는|답이 없는",
}
_REACHES: dict[Reach, str] = {
    "multi_hop": r"multi[- ]?hop|multi[- ]?step|다단계|멀티홉",
    "cross_document": r"cross[- ]documents?|across (?:the )?documents|여러 문서(?:에 걸친)?|문서 간",
    "single": r"single[- ](?:hop|passage|step)|단일 구절",
}
_LANGUAGES = {
    "en": r"in english|english|영어로?",
    "ko": r"in korean|korean|한국어로?|한글로",
    "ja": r"in japanese|japanese|일본어로?",
    "zh": r"in chinese|chinese|중국어로?",
    "de": r"in german|german|독일어로?",
    "fr": r"in french|french|프랑스어로?",
    "es": r"in spanish|spanish|스페인어로?",
}
_COUNT = r"(?P<count>\d[\d,]*)\s*(?:개의?|문항의?|문제의?)?"
_NOUN = r"questions?|items?|problems?|문항을?|문제를?|질문을?|개를?"
_OPTIONS = (
    r"with (?P<options_en>\d+) (?:options|choices)(?: each)?"
    r"|(?P<options_ko>\d+)지\s?선다형?|보기 (?P<options_ko2>\d+)개"
)
_BUDGET = (
    r"(?:for |at )?(?:under|below|less than|at most|max(?:imum)?|up to|within)\s*(?:\$|usd\s*)?"
    r"(?P<usd>\d+(?:\.\d+)?)\s*(?:\$|dollars?|usd)?|\$\s?(?P<usd2>\d+(?:\.\d+)?)(?: (?:budget|max|limit))?"
    r"|(?P<usd3>\d+(?:\.\d+)?)\s*달러\s*(?:이하|이내|미만|안에서|까지)(?:로|에서)?"
)
_TOPIC = (
    r"\b(?:on|about|covering|regarding)\s+(?P<topic>[^,;.]+?)(?=\s+(?:in|for|under|below|with|at)\b|[,;.]|$)"
    r"|(?P<topic_ko>[^,;.\d]+?)에\s?(?:대한|관한|대해|관해서?)"
)
_FILLER = re.compile(
    r"\b(?:a|an|the|and|or|of|for|to|in|at|on|by|please|make|write|create|generate|give|me|us|i|we|need|want|some|all|"
    r"only|mostly|mixed|mix|with|from|my|our|these|those|documents?|benchmark|test|set|quiz|exam|kind|type|style|each|"
    r"questions?|items?|answers?|that|are|is|as|well|also|both|language|difficulty|level)\b"
    r"|만들어|만들기|작성|생성|주세요|줘|해줘|으로|로|을|를|의|과|와|및|그리고|문제|문항|질문|개|위주|형|수준|난이도",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Brief:
    """A brief as understood: the order, and the spending limit if it names one (US dollars)."""

    order: Order
    budget_usd: float | None = None


@dataclass
class _Reader:
    """The part of a brief that is not understood yet."""

    rest: str
    understood: list[str] = field(default_factory=list)

    def take(self, pattern: str) -> re.Match[str] | None:
        """Find a phrase, take it out, and remember it."""
        match = re.search(rf"(?<![\w$])(?:{pattern})(?!\w)" if pattern[0] != "(" else pattern, self.rest, re.IGNORECASE)
        if match:
            self.rest = f"{self.rest[: match.start()]} , {self.rest[match.end() :]}"
            self.understood.append(match.group().strip())
        return match

    def all_of(self, patterns: dict[Name, str]) -> list[Name]:
        """The names whose phrase the brief holds."""
        return [name for name, pattern in patterns.items() if self.take(pattern)]


def read_brief(text: str) -> Brief:
    """Return what a brief orders.

    Raises:
        ConfigError: part of the brief asks for something this program cannot do; the message names that part.
    """
    reader = _Reader(text.strip())
    budget = reader.take(_BUDGET)
    options = reader.take(_OPTIONS)
    reaches = reader.all_of(_REACHES)
    kinds = reader.all_of(_KINDS)
    forms = reader.all_of(_FORMS)
    difficulties = reader.all_of(_DIFFICULTIES)
    languages = reader.all_of(_LANGUAGES)
    topic = reader.take(_TOPIC)
    count = reader.take(_COUNT)
    reader.take(_NOUN)
    left = " ".join(_FILLER.sub(" ", reader.rest).split()).strip(" ,.;·-")
    left = " ".join(re.sub(r"[,;.·]", " ", left).split())
    if left:
        raise ConfigError(
            f"the brief asks for {left!r}, which cannot be done or was not understood "
            f"(understood: {', '.join(reader.understood) or 'nothing'}); "
            "leave it out, or write benchwright.yaml by hand"
        )
    if len(languages) > 1:
        raise ConfigError(
            f"the brief names {len(languages)} languages ({', '.join(languages)}); make one benchmark each"
        )
    values: dict[str, object] = {}
    if count:
        values["questions"] = int(count.group("count").replace(",", ""))
    if options:
        values["options"] = int(next(number for number in options.groups() if number))
    chosen_forms: dict[Form, float] = dict.fromkeys(forms, 1.0) or ({"choice": 1.0} if options else {})
    if chosen_forms:
        values["forms"] = chosen_forms
    chosen = dict.fromkeys(kinds, 1.0) or dict(DEFAULT_KINDS)
    if chosen_forms:
        chosen = {name: weight for name, weight in chosen.items() if set(KINDS[name].forms) & set(chosen_forms)}
    values["kinds"] = chosen or {"open_ended": 1.0}
    if reaches:
        values["reach"] = dict.fromkeys(reaches, 1.0)
    if difficulties:
        values["difficulty"] = dict.fromkeys(difficulties, 1.0)
    if languages:
        values["language"] = languages[0]
    if topic:
        values["topics"] = next(words for words in topic.groups() if words).strip()
    limit = next((float(amount) for amount in budget.groups() if amount), None) if budget else None
    return Brief(Order.model_validate(values), limit)
