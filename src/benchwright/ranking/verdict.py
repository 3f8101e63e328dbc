"""What a ranking says in sentences, the conclusion first, for people who know no statistics."""

from benchwright.ranking.ranking import Ranking
from benchwright.records.leaderboard import Leaderboard

NAMED = 3


def verdict(board: Leaderboard) -> str:
    """Return the conclusion: who is first, or who may be."""
    if len({row.component for row in board.models}) > 1:
        return "There is no common order: some models never met the others, not even through a third."
    top, *others = board.models
    said = _what(board)
    rivals = [row.model for row in others if row.rank_low == 1]
    if not rivals:
        return f"{top.model} is first: the {said} rule every other model out for that place."
    if len(rivals) == len(others) > 1:
        return f"First place is open: {top.model} has the highest rating, but the {said} rule out none of the others."
    more = f" and {len(rivals) - NAMED} more" if len(rivals) > NAMED else ""
    return (
        f"First place is open: {top.model} has the highest rating, but the {said} do not rule out "
        f"{', '.join(rivals[:NAMED])}{more}."
    )


def firmness(ranking: Ranking) -> str:
    """Return how much of the order is told apart, and how few votes the first place hangs on."""
    board = ranking.board
    edge = 0.5 + board.confidence / 2
    known = [pair.p_a_better for pair in board.pairs if pair.p_a_better is not None]
    apart = sum(not 1 - edge <= p <= edge for p in known)
    said = ""
    if len(known) > 1:
        said = f"Of {len(known):,} pairs of models the {_what(board)} tell {apart:,} apart, each taken by itself."
    if ranking.neighbours:
        top = ranking.neighbours[0]
        if top.removed_to_swap is None:
            said += (
                f" No removal of up to half of the {_what(board)} that was tried puts {top.worse} above {top.better}."
            )
        elif top.removed_to_swap == 0:
            said += f" Without weights and style control {top.worse} stands above {top.better}."
        else:
            said += (
                f" Removing {top.removed_to_swap:,} of {board.votes:,} {_noun(board.votes, _what(board)[:-1])}, chosen "
                f"for it, is enough to put {top.worse} above {top.better}; fewer may do."
            )
    return said.strip()


def limits(board: Leaderboard) -> str:
    """Return what the board cannot say."""
    if _is_of_runs(board):
        return (
            "It describes how right these answers to these questions were, model beside model. Other documents may "
            "give another order; `benchwright report` says how right each is."
        )
    from_whom = "these voters on these prompts" if board.intervals != "per vote" else "these votes"
    return (
        f"It describes what {from_whom} preferred. Other people with other work may prefer other models, and an answer "
        "that is preferred is not always right."
    )


def _what(board: Leaderboard) -> str:
    return "comparisons" if _is_of_runs(board) else "votes"


def _is_of_runs(board: Leaderboard) -> bool:
    """Say whether answers to questions were compared: they are clustered by document, which no vote is."""
    return "document" in board.intervals


def _noun(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"
