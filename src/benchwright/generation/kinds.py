"""The kinds of question a language model can be asked to write: what each tests, and in which forms."""

import re
from dataclasses import dataclass
from typing import Literal

from benchwright.errors import unknown_name
from benchwright.records.question import Form

Need = Literal["", "figure", "rule"]
"""What a source must hold for a kind: nothing in particular, a figure, or a condition, limit or exception."""


@dataclass(frozen=True)
class Kind:
    """One kind. `instruction` is what the writer is told, in one or two sentences."""

    name: str
    instruction: str
    forms: tuple[Form, ...]
    needs: Need = ""


_KINDS = (
    Kind(
        "factual",
        "Asks for one specific fact that matters to someone who acts on the document. The question describes it in "
        "other words than the source does; where it is to be hard, by what another statement ties to it.",
        ("choice", "short"),
    ),
    Kind(
        "numeric",
        "Asks for a number, amount, date or duration, and names the unit expected. Better a figure that must be worked "
        "out from several than one that is copied.",
        ("short", "choice"),
        "figure",
    ),
    Kind(
        "conceptual",
        "Asks what a term, rule or mechanism means or how its parts work together, so that copying one phrase is no "
        "answer.",
        ("choice", "open", "short"),
    ),
    Kind(
        "analytical",
        "Asks for a comparison, cause, consequence or conclusion that no sentence states and several give.",
        ("choice", "open", "short"),
    ),
    Kind(
        "application",
        "Poses a new case (who, what, when, how much) as the person concerned would tell it, and asks what the rules "
        "give for it. Case and source together decide it completely.",
        ("choice", "short", "open"),
        "rule",
    ),
    Kind(
        "counterfactual",
        "Changes one condition that the source states, names the change, and asks what would then follow by the "
        "source's other rules or figures.",
        ("choice", "open"),
        "rule",
    ),
    Kind(
        "false_premise",
        "Asks, as a mistaken person would, about something that the source contradicts (`Why does … allow …?`). The "
        "right answer says that the premise is wrong and what holds instead. At least one wrong option denies the "
        "premise too, but with a wrong correction, so that a denial alone gives nothing away; the others accept it.",
        ("open", "choice"),
    ),
    Kind(
        "clarification",
        "Asks about a point that careless readers confuse (two terms, a rule and its exception, two dates or groups), "
        "in such a way that the confusion leads to another answer.",
        ("choice", "open", "short"),
    ),
    Kind(
        "edge_case",
        "Puts a case exactly at a limit, on the last day, or inside an exception that the source states, and asks what "
        "holds there.",
        ("choice", "short", "open"),
        "rule",
    ),
    Kind(
        "true_false",
        "Makes one statement that a careful reader must work out to be true or false; the options are the words for "
        "true and false. A false one changes a detail that matters, and never just adds `not`.",
        ("choice",),
    ),
    Kind(
        "open_ended",
        "Asks for an explanation that someone who acts on the document needs; the rubric lists two to five points, "
        "each checkable by itself.",
        ("open",),
    ),
    Kind(
        "unanswerable",
        "Asks for one more detail of the very thing that the source treats (its reason, price, form, person, limit), "
        "as its reader needs it and the source does not tell. No other topic: the rest of the document, which you do "
        "not see, may treat it. The answer is exactly the words given for `not stated`; the quote is the sentence that "
        "comes closest.",
        ("short", "choice"),
    ),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _KINDS}
"""Every kind by name."""

DIFFICULTIES: dict[str, str] = {
    "easy": "one statement, read with care",
    "medium": "two statements put together, or one rule applied to a case",
    "hard": "at least two statements that stand apart, or a rule with its condition or exception, or a calculation of "
    "several steps; the answer is nowhere written as such, and whoever finds only the most similar sentence is wrong",
}
"""What each difficulty asks of the reader; the writer is told so for every question."""

NOT_STATED = {
    "en": "not stated", "ko": "명시되어 있지 않음", "ja": "記載されていない", "zh": "未说明", "de": "nicht angegeben",
    "fr": "non précisé", "es": "no se indica", "it": "non indicato", "pt": "não indicado", "nl": "niet vermeld",
    "pl": "nie podano", "ru": "не указано", "ar": "غير مذكور",
}  # fmt: skip
"""The answer to an unanswerable question, by language; English where the language is not listed."""

TRUE_FALSE = {
    "en": ("True", "False"), "ko": ("참", "거짓"), "ja": ("正しい", "誤り"), "zh": ("正确", "错误"),
    "de": ("Wahr", "Falsch"), "fr": ("Vrai", "Faux"), "es": ("Verdadero", "Falso"), "it": ("Vero", "Falso"),
    "pt": ("Verdadeiro", "Falso"), "nl": ("Waar", "Onwaar"), "pl": ("Prawda", "Fałsz"), "ru": ("Верно", "Неверно"),
    "ar": ("صحيح", "خطأ"),
}  # fmt: skip
"""The two options of a true/false question, by language; English where the language is not listed."""

_FIGURE = re.compile(r"\d")
_RULE = re.compile(
    r"\d|\b(?:if|unless|except|only|until|within|must|may not|cannot|provided|where|when|whether|at least|at most"
    r"|up to|no more|wenn|sofern|sauf|si|salvo)\b"
    r"|경우|이상|이하|미만|초과|까지|이내|안에|다만|단,|제외|않는다|않습니다|해야|하면",
    re.IGNORECASE,
)


def suits(kind: str, source: str) -> bool:
    """Whether a source holds what a kind asks about; a passage without a figure gives no numeric question."""
    needs = KINDS[kind].needs
    return not needs or bool((_FIGURE if needs == "figure" else _RULE).search(source))


def kind_named(name: str) -> Kind:
    """Return the kind called `name`, or raise `UnknownName` with the close ones."""
    if name not in KINDS:
        raise unknown_name("kind of question", name, KINDS)
    return KINDS[name]
