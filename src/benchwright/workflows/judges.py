"""The grader that a list of judge names means: rules alone, one judge, or a panel."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from benchwright.evaluation.grader import Grader
from benchwright.evaluation.graders import ByForm
from benchwright.evaluation.graders.judge import Judge, Panel, load_judge_prompt
from benchwright.evaluation.graders.judged import Judged
from benchwright.models.protocol import Model


def judge_named(names: Sequence[str], models: Mapping[str, Model], prompt: Path | None = None) -> Judge | Panel:
    """Return one judge, or a panel of several."""
    judges = tuple(Judge(models[name], load_judge_prompt(prompt)) for name in dict.fromkeys(names))
    return judges[0] if len(judges) == 1 else Panel(judges)


def grader_of(names: Sequence[str], models: Mapping[str, Model], prompt: Path | None = None) -> Grader:
    """Return the grader of a command: rules, and with judges, what the rules cannot read goes to them."""
    return Judged(judge_named(names, models, prompt), ByForm()) if names else ByForm()
