"""Every rule by the kind of its questions, and which of them run when nobody chooses."""

from benchwright.generation.rules.acronym import AcronymRule
from benchwright.generation.rules.article import Article
from benchwright.generation.rules.experimental import (
    BridgedRule,
    DefinitionRule,
    NameChoiceRule,
    SectionRule,
    TermClozeRule,
)
from benchwright.generation.rules.faq import Faq
from benchwright.generation.rules.key_value import KeyValue
from benchwright.generation.rules.name import NameRule
from benchwright.generation.rules.not_stated import NotStatedRule
from benchwright.generation.rules.number import NumberRule, QuantityRule
from benchwright.generation.rules.procedure import Procedure
from benchwright.generation.rules.rule import Rule
from benchwright.generation.rules.speaker import SpeakerRule
from benchwright.generation.rules.table_aggregate import TableAggregate
from benchwright.generation.rules.table_cell import TableCell
from benchwright.generation.rules.table_compare import TableCompare
from benchwright.generation.rules.when import DateRule, YearRule

_DEFAULT: tuple[Rule, ...] = (
    NotStatedRule(),
    NumberRule(),
    QuantityRule(),
    YearRule(),
    DateRule(),
    SpeakerRule(),
    AcronymRule(),
    TableCell(),
    TableCompare(),
    TableAggregate(),
    KeyValue(),
    Faq(),
    Procedure(),
    Article(),
)
_EXPERIMENTAL: tuple[Rule, ...] = (
    NameRule(),
    NameChoiceRule(),
    DefinitionRule(),
    TermClozeRule(),
    SectionRule(),
    BridgedRule(),
)

RULES: dict[str, Rule] = {rule.kind: rule for rule in (*_DEFAULT, *_EXPERIMENTAL)}
"""Every rule, by the kind of its questions."""

DEFAULT_RULES: tuple[str, ...] = tuple(rule.kind for rule in _DEFAULT)
"""The kinds whose questions a sceptical reader found valid in at least 70 of 100."""

EXPERIMENTAL_VALIDITY: dict[str, str] = {
    "name": "5 of 17 valid in documents met in the wild: who does such things is guessed, or is named in several ways",
    "name_choice": "5 of 28 valid: fame and the kind of name tell the answer",
    "definition": "4 of 17 valid: several terms fit, or everybody knows the term",
    "term_cloze": "0 of 6 valid: more than one word fits the blank",
    "which_section": "0 of 19 valid: the heading's words give it away, and nobody asks so",
    "bridged": "2 of 9 valid: the bridge describes more than one thing",
}
"""The kinds that are off unless asked for, each with the share a sceptical reader found valid, and why not more."""
