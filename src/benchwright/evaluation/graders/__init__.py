"""Graders that need no model: choice, exact, numeric, date, time, short text, token overlap, the default among them."""

from benchwright.evaluation.graders.by_form import ByForm
from benchwright.evaluation.graders.choice import Choice
from benchwright.evaluation.graders.clock import Clock
from benchwright.evaluation.graders.date import Date
from benchwright.evaluation.graders.exact import Exact
from benchwright.evaluation.graders.numeric import Numeric
from benchwright.evaluation.graders.short import ShortText
from benchwright.evaluation.graders.token_f1 import TokenF1

__all__ = ["ByForm", "Choice", "Clock", "Date", "Exact", "Numeric", "ShortText", "TokenF1"]
