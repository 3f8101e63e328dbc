"""Who leads, who is tied: what a board says in a few words, with the ceiling and the floor left out of the race."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchwright.evaluation.board import Board, BoardRow
from benchwright.models.builtin.names import BASELINES, HOLDERS, READERS

ORACLE = "builtin/oracle"
BEST_TO_JUDGE_BY = ("passage", "document", "retrieval", "closed")
"""Where several conditions were run, the first of these decides who leads."""


def role_of(model: str) -> str:
    """Return what a built-in model is there for; empty for a candidate."""
    provider, _, name = model.partition("/")
    if provider != "builtin":
        return ""
    if name in BASELINES:
        return "baseline, reads nothing"
    if name in READERS:
        return "reader, no memory"
    if name in HOLDERS:
        return "holder, remembers a share"
    return "ceiling, knows the answers" if model == ORACLE else "built in"


def main_condition(conditions: Sequence[str]) -> str:
    """Return the condition that decides who leads: `passage` where it was run."""
    return next((name for name in BEST_TO_JUDGE_BY if name in conditions), conditions[0])


@dataclass(frozen=True)
class Standing:
    """The answer of one board under one condition."""

    condition: str
    leaders: tuple[BoardRow, ...]
    """The best of those who race and all that cannot be told from it, best first; empty where nothing was graded."""
    behind: tuple[BoardRow, ...]
    letters: Mapping[str, str]
    """Tie groups: two models that share a letter cannot be told apart."""
    beats_chance: bool
    """Whether the interval of the leader lies wholly above chance."""
    shortcuts: tuple[BoardRow, ...]
    """Baselines that read nothing and are above chance all the same."""


def standing(board: Board, condition: str) -> Standing:
    """Return who leads on `board` under `condition`.

    Built-in models are there to compare with: they take part only where nothing else was asked, and the oracle never.
    """
    rows = [row for row in board.rows if row.condition == condition and row.score is not None]
    racing = [row for row in rows if not role_of(row.model)] or [row for row in rows if row.model != ORACLE]
    best = racing[0] if racing else None
    leaders = [row for row in racing if best and (row is best or row.model in best.tied_with)]
    shortcuts = [
        row
        for row in rows
        if role_of(row.model).startswith("baseline") and row.tally.score and row.tally.score.low > row.chance
    ]
    return Standing(
        condition=condition,
        leaders=tuple(leaders),
        behind=tuple(row for row in racing if row not in leaders),
        letters=tie_letters([row.model for row in rows], {row.model: row.tied_with for row in rows}),
        beats_chance=bool(best and best.tally.score and best.tally.score.low > best.chance),
        shortcuts=tuple(shortcuts),
    )


def tie_letters(models: Sequence[str], tied_with: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return letters such that two models share one exactly when they are tied; `models` come best first.

    Insert and absorb: Piepho (2004), Journal of Computational and Graphical Statistics 13:456.
    """
    groups: list[frozenset[str]] = [frozenset(models)]
    for i, first in enumerate(models):
        for second in models[i + 1 :]:
            if second in tied_with[first]:
                continue
            split = [group for group in groups if first in group and second in group]
            groups = [group for group in groups if group not in split]
            groups += [group - {name} for group in split for name in (first, second)]
            groups = [group for group in dict.fromkeys(groups) if not any(group < other for other in groups)]
    order = {model: place for place, model in enumerate(models)}
    ordered = sorted(groups, key=lambda group: sorted(order[model] for model in group))
    return {
        model: " ".join(_letter(number) for number, group in enumerate(ordered) if model in group) for model in models
    }


def letters_in_short(letters: str) -> str:
    """Return the letters of one model, three and more in a row as their ends: `a c–h`."""
    runs: list[list[str]] = []
    for name in letters.split():
        if runs and _number(name) == _number(runs[-1][-1]) + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    return " ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else " ".join(run) for run in runs)


def _number(letter: str) -> int:
    return ord(letter[0]) - ord("a") + 26 * (int(letter[1:] or 1) - 1)


def _letter(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return letters[number] if number < len(letters) else f"{letters[number % 26]}{number // 26 + 1}"
