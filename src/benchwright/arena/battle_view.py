"""A battle as the database holds it: its turns, the newest answer of each side, and what was said so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchwright.arena.errors import NotFound
from benchwright.records import Message
from benchwright.store import votes_statements as q
from benchwright.store.votes import Row, VotesDatabase

SIDES = ("a", "b")


@dataclass(frozen=True)
class Answered:
    """One side of one turn as the database holds it."""

    text: str
    state: str
    reason: str
    attempt: int
    leak: str
    row: Row


@dataclass(frozen=True)
class BattleView:
    """A battle with its turns and the newest answer of each side."""

    row: Row
    turns: tuple[str, ...]
    answers: Mapping[tuple[int, str], Answered]

    @property
    def id(self) -> str:
        """The battle's id."""
        return self.row["id"]

    @property
    def sides(self) -> tuple[str, ...]:
        """`a` and `b`; only `a` where one named model is talked to."""
        return SIDES if self.row["model_b"] else SIDES[:1]

    @property
    def has_reactions(self) -> bool:
        """Whether the voter has reacted to single turns."""
        return bool(self.row["has_reactions"])

    @property
    def last_turn(self) -> int:
        """The number of the newest turn, from 0."""
        return len(self.turns) - 1

    def model(self, side: str) -> str:
        """The model behind a side."""
        return self.row[f"model_{side}"]

    def texts(self, side: str) -> list[str]:
        """What a side said, turn by turn."""
        found = (self.answers.get((turn, side)) for turn in range(len(self.turns)))
        return [answer.text if answer else "" for answer in found]

    @property
    def are_same(self) -> bool:
        """Whether two sides said the same, word for word, in every turn: then there is nothing to prefer."""
        if len(self.sides) < 2 or not self.is_complete:
            return False
        a, b = ([text.split() for text in self.texts(side)] for side in self.sides)
        return a == b

    @property
    def is_complete(self) -> bool:
        """Whether both sides answered every turn."""
        wanted = ((turn, side) for turn in range(len(self.turns)) for side in self.sides)
        return all((found := self.answers.get(key)) is not None and found.state != "error" for key in wanted)

    def conversation(self, side: str, turns: int) -> list[Message]:
        """What was said with one side in the first `turns` turns."""
        said: list[Message] = []
        for turn in range(turns):
            said.append(Message(role="user", content=self.turns[turn]))
            said.append(Message(role="assistant", content=self.texts(side)[turn]))
        return said


async def read_battle(database: VotesDatabase, battle: str) -> BattleView:
    """Read a battle, whoever's it is; raises `NotFound` where there is none."""
    rows = await database.read(q.BATTLE, {"which_battle": battle})
    if not rows:
        raise NotFound("there is no such battle", "no_battle")
    turns: dict[int, str] = {}
    answers: dict[tuple[int, str], Answered] = {}
    for row in rows:
        turn: int | None = row["turn"]
        if turn is None:
            continue
        turns[turn] = row["turn_prompt"]
        if row["side"] is not None:
            answers[turn, row["side"]] = Answered(
                row["text"], row["answer_state"], row["reason"], row["attempt"], row["leak"], row
            )
    return BattleView(rows[0], tuple(turns[number] for number in sorted(turns)), answers)
