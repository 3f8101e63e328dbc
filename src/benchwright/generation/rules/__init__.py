"""Questions by rule: numbers, tables, quotations, acronyms, clauses …, each cited to its exact characters."""

from benchwright.generation.rules.registry import DEFAULT_RULES, EXPERIMENTAL_VALIDITY, RULES
from benchwright.generation.rules.rule import Rule

__all__ = ["DEFAULT_RULES", "EXPERIMENTAL_VALIDITY", "RULES", "Rule"]
