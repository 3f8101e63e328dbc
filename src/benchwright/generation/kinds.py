"""The kinds of question a language model can be asked to write: what each tests, and in which forms."""

from dataclasses import dataclass

from benchwright.errors import unknown_name
from benchwright.records.question import Form


@dataclass(frozen=True)
class Kind:
    """One kind. `instruction` is what the writer is told, in one or two sentences."""

    name: str
    instruction: str
    forms: tuple[Form, ...]


_KINDS = (
    Kind(
        "factual",
        "Asks for one specific fact that the source states. A reader who skimmed the source would not know it.",
        ("choice", "short"),
    ),
    Kind(
        "numeric",
        "Asks for a number, amount, date or duration. The answer is the figure with its unit, and the question names "
        "the unit expected. A small calculation from figures in the source is welcome.",
        ("short", "choice"),
    ),
    Kind(
        "conceptual",
        "Asks what a term, rule or mechanism of the source means or how its parts relate. It cannot be answered by "
        "copying one phrase.",
        ("choice", "open", "short"),
    ),
    Kind(
        "analytical",
        "Asks for a comparison, a cause, a consequence or a conclusion that follows from at least two statements of "
        "the source.",
        ("choice", "open", "short"),
    ),
    Kind(
        "application",
        "Describes a concrete new case (person, date, amount) and asks what the source's rule or procedure gives for "
        "it. Everything needed to decide is in the source and in the case.",
        ("choice", "short", "open"),
    ),
    Kind(
        "counterfactual",
        "Changes one condition that the source states and asks what would then follow by the source's own rules. The "
        "changed condition is named.",
        ("choice", "open"),
    ),
    Kind(
        "false_premise",
        "Takes for granted something that the source contradicts. The right answer says that the premise is wrong and "
        "what the source states instead.",
        ("open", "choice"),
    ),
    Kind(
        "clarification",
        "Asks about a point that careless readers mix up (two similar terms, an exception and its rule, two dates), "
        "so that the answer shows they were kept apart.",
        ("choice", "open", "short"),
    ),
    Kind(
        "edge_case",
        "Asks about a boundary: exactly at a limit, the last day of a period, the exception to the rule.",
        ("choice", "short", "open"),
    ),
    Kind(
        "true_false",
        "Makes one statement that is clearly true or clearly false by the source; the two options are the words for "
        "true and false. False statements change one detail that matters, never just add `not`.",
        ("choice",),
    ),
    Kind(
        "open_ended",
        "Asks for an explanation or summary of several sentences; the rubric lists the points that a complete answer "
        "makes.",
        ("open",),
    ),
    Kind(
        "unanswerable",
        "Asks for a fact that fits the topic and sounds as if the source stated it, but that the source does not "
        "state. The answer is exactly the words given for `not stated`; the quote is the sentence that comes closest.",
        ("short", "choice"),
    ),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _KINDS}
"""Every kind by name."""

NOT_STATED = {"en": "not stated", "ko": "명시되어 있지 않음"}
"""The answer to an unanswerable question, by language; English where the language is not listed."""

TRUE_FALSE = {"en": ("True", "False"), "ko": ("참", "거짓")}
"""The two options of a true/false question, by language; English where the language is not listed."""


def kind_named(name: str) -> Kind:
    """Return the kind called `name`, or raise `UnknownName` with the close ones."""
    if name not in KINDS:
        raise unknown_name("kind of question", name, KINDS)
    return KINDS[name]
