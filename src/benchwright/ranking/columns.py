"""The columns and outcome words of votes files that are understood: this project's own and LMArena's public sets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches

from benchwright.errors import InputError, unknown_name
from benchwright.records.comparison import OUTCOMES

ALIASES: dict[str, tuple[str, ...]] = {
    "model_a": ("model_a", "model_1", "left_model", "model_left"),
    "model_b": ("model_b", "model_2", "right_model", "model_right"),
    "winner": ("winner", "outcome", "preference", "verdict"),
    "voter": ("voter", "voter_id", "judge", "rater", "annotator", "user_id", "user", "evaluation_session_id"),
    "prompt": ("prompt_id", "item_id", "question_id", "prompt", "item", "question"),
    "weight": ("weight",),
    "time": ("time", "timestamp", "tstamp", "created_at"),
    "position": ("position", "a_position", "side"),
    "propensity": ("propensity", "p_pair"),
}
"""Role → names that are taken for it, in order of preference, whatever the letter case."""

OUTCOME_WORDS: dict[str, str] = {
    **dict.fromkeys(("a", "model_a", "left", "a>b", "a_better", "a_slightly", "[[a]]"), "a"),
    **dict.fromkeys(("b", "model_b", "right", "b>a", "b_better", "b_slightly", "[[b]]"), "b"),
    **dict.fromkeys(("tie", "draw", "equal", "a=b", "[[c]]", "tie (inconsistent)"), "tie"),
    **dict.fromkeys(("both_bad", "bothbad", "both bad", "tie (bothbad)", "tie (both bad)"), "both_bad"),
    **dict.fromkeys(("both_good", "bothgood", "both good", "tie (bothgood)"), "both_good"),
    **dict.fromkeys(("a_much", "a_much_better", "a>>b"), "a_much"),
    **dict.fromkeys(("b_much", "b_much_better", "b>>a"), "b_much"),
}
"""Spelling (lower case) → outcome. Anything else is an error: a misspelt outcome must not become a tie."""

ONE_HOT: dict[str, str] = {"winner_model_a": "a", "winner_model_b": "b", "winner_tie": "tie"}
"""Columns of 0 and 1 that stand for one outcome column in some of LMArena's sets → outcome."""

FIRST_WORDS: dict[str, bool] = {
    **dict.fromkeys(("a", "left", "first", "model_a", "a_first", "1", "true"), True),
    **dict.fromkeys(("b", "right", "second", "model_b", "b_first", "2", "false"), False),
}
"""Where model a was shown → whether it came first (left). `a`, `b` name the model that was first."""


@dataclass(frozen=True)
class ColumnNames:
    """Which column plays which role; an empty name means: look for the known ones."""

    model_a: str = ""
    model_b: str = ""
    winner: str = ""
    voter: str = ""
    prompt: str = ""
    weight: str = ""
    time: str = ""
    position: str = ""
    propensity: str = ""


def find_columns(asked: ColumnNames, present: Sequence[str]) -> dict[str, str]:
    """Return role → column of the file. Raises where a required or a named column is missing, with the list of all."""
    by_lower = {name.lower(): name for name in present}
    found: dict[str, str] = {}
    for role in (entry.name for entry in fields(ColumnNames)):
        named: str = getattr(asked, role)
        if named:
            if named.lower() not in by_lower:
                raise unknown_name(f"column for {role}", named, present)
            found[role] = by_lower[named.lower()]
            continue
        match = next((alias for alias in ALIASES[role] if alias in by_lower), None)
        if match is not None and by_lower[match] not in found.values():
            found[role] = by_lower[match]
    if "winner" not in found and all(name in by_lower for name in ONE_HOT):
        found["winner"] = "winner"
    missing = [role for role in ("model_a", "model_b", "winner") if role not in found]
    if missing:
        close = [match for role in missing for match in _looks_like(role, present, found)]
        hint = f" ({'; '.join(close)})" if close else ""
        raise InputError(
            f"no column for {', '.join(missing)} among: {', '.join(present) or 'no columns'}{hint}; votes need "
            "model_a, model_b and winner (a, b, tie, both_good, both_bad), or name yours: `--model-a`, `--model-b`, "
            "`--winner`"
        )
    return found


def _looks_like(role: str, present: Sequence[str], found: Mapping[str, str]) -> list[str]:
    free = {name.lower(): name for name in present if name not in found.values()}
    for alias in ALIASES[role]:
        if close := get_close_matches(alias, free, n=1, cutoff=0.75):
            return [f"did you mean `--{role.replace('_', '-')} {free[close[0]]}`?"]
    return []


def one_hot_winner(present: Sequence[str]) -> str:
    """Return the SQL of an outcome that is spread over columns of 0 and 1."""
    by_lower = {name.lower(): name for name in present}
    cases = [
        f"""when try_cast("{by_lower[column].replace('"', '""')}" as double) = 1 then '{word}'"""
        for column, word in ONE_HOT.items()
    ]
    return f"(case {' '.join(cases)} end)"


def refused_outcome(word: str) -> str:
    """Return what is known, and what an unknown outcome comes close to."""
    close = get_close_matches(word.strip().lower(), OUTCOME_WORDS, n=1, cutoff=0.75)
    meant = f"; did you mean `{close[0]}`?" if close else ""
    return f" (known: {', '.join(OUTCOMES)}, and LMArena's model_a, model_b, tie (bothbad){meant})"


def pair_columns(name: str, present: Sequence[str]) -> tuple[str, str] | None:
    """Return the columns that hold `name` for model a and for model b (`name_a`, `name_b`), if both are there."""
    by_lower = {column.lower(): column for column in present}
    first, second = by_lower.get(f"{name}_a".lower()), by_lower.get(f"{name}_b".lower())
    return (first, second) if first is not None and second is not None else None
