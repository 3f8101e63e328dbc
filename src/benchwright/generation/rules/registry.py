"""Every rule by the kind of its questions, and which of them run when nobody chooses."""

from benchwright.generation.rules.acronym import AcronymRule
from benchwright.generation.rules.article import Article
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
    NameRule(),
    TableCell(),
    TableCompare(),
    TableAggregate(),
    KeyValue(),
    Faq(),
    Procedure(),
    Article(),
)
_EXPERIMENTAL: tuple[Rule, ...] = ()

RULES: dict[str, Rule] = {rule.kind: rule for rule in (*_DEFAULT, *_EXPERIMENTAL)}
"""Every rule, by the kind of its questions."""

DEFAULT_RULES: tuple[str, ...] = tuple(rule.kind for rule in _DEFAULT)
"""The kinds whose questions a sceptical reader found valid in at least 70 of 100."""

EXPERIMENTAL_VALIDITY: dict[str, str] = {}
"""The kinds that are off unless asked for, each with the share a sceptical reader found valid, and why not more."""
