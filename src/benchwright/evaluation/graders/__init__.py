"""Graders that need no model: choice, exact, numeric, token overlap, and the default that picks among them."""

from benchwright.evaluation.graders.by_form import ByForm
from benchwright.evaluation.graders.choice import Choice
from benchwright.evaluation.graders.exact import Exact

__all__ = ["ByForm", "Choice", "Exact"]
