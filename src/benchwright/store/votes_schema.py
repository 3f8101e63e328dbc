"""The tables of the arena: voters, battles, answers, votes and everything that was ever changed, append-only."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

# SQLite numbers rows by itself only where the key is spelt INTEGER.
SERIAL = BigInteger().with_variant(Integer, "sqlite")

settings = Table(
    "settings",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Facts of the whole arena: the secret that signs sessions, the owner's choices. Values are JSON."""

voters = Table(
    "voters",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("cluster", Text, nullable=False),
    Column("pseudonym", Text, nullable=False),
    Column("is_owner", Boolean, nullable=False),
    Column("voter_group", Text, nullable=False),
    Column("signed_in_by", Text, nullable=False),
    Column("consent", Text, nullable=False),
    Column("metadata", Text, nullable=False),
    Column("created", Double, nullable=False),
    UniqueConstraint("cluster"),
)
Index("voters_by_sign_in", voters.c.signed_in_by)
"""Who may vote. `cluster` is what a vote knows of its voter; nothing else leads from a vote to a person."""

sessions = Table(
    "sessions",
    METADATA,
    Column("id_hash", Text, primary_key=True),
    Column("voter", Text, nullable=False),
    Column("agent_hash", Text, nullable=False),
    Column("created", Double, nullable=False),
    Column("expires", Double, nullable=False),
)
"""Signed-in browsers: only the hash of a session's id is kept, so that the table alone opens nothing."""

invitations = Table(
    "invitations",
    METADATA,
    Column("code_hash", Text, primary_key=True),
    Column("label", Text, nullable=False),
    Column("voter_group", Text, nullable=False),
    Column("uses_left", Integer, nullable=False),
    Column("expires", Double, nullable=False),
    Column("created", Double, nullable=False),
)

registry = Table(
    "registry",
    METADATA,
    Column("seq", SERIAL, primary_key=True, autoincrement=True),
    Column("model", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Double, nullable=False),
)
"""Every variant ever shown and what became of it (added, paused, resumed, retired); rows are never changed."""

battles = Table(
    "battles",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("mode", Text, nullable=False),
    Column("cluster", Text, nullable=False),
    Column("created", Double, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("prompt_key", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("model_a", Text, nullable=False),
    Column("model_b", Text, nullable=False),
    Column("propensity", Double, nullable=False),
    Column("rule", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("choice", Text, nullable=False),
    Column("flag", Text, nullable=False),
    Column("sorted_by", Text, nullable=False),
)
"""Two hidden answers side by side. `state`: open, voted, skipped. `source`: typed, or the question it came from.

`sorted_by`: what told the category, `rules` or the name of a model."""
Index("battles_by_cluster", battles.c.cluster)

turns = Table(
    "turns",
    METADATA,
    Column("battle", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("created", Double, nullable=False),
    PrimaryKeyConstraint("battle", "turn"),
)

responses = Table(
    "responses",
    METADATA,
    Column("battle", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("side", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("latency_ms", Double),
    Column("input_tokens", Integer),
    Column("output_tokens", Integer),
    Column("cost_usd", Double),
    Column("leak", Text, nullable=False),
    PrimaryKeyConstraint("battle", "turn", "side", "attempt"),
)
"""What a side said in a turn; the highest attempt counts. `leak`: the words by which it named itself, if it did."""

votes = Table(
    "votes",
    METADATA,
    Column("seq", SERIAL, primary_key=True, autoincrement=True),
    Column("battle", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("cluster", Text, nullable=False),
    Column("voter_group", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("model_a", Text, nullable=False),
    Column("model_b", Text, nullable=False),
    Column("choice", Text, nullable=False),
    Column("tags_a", Text, nullable=False),
    Column("tags_b", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("ship", Text, nullable=False),
    Column("metadata", Text, nullable=False),
    Column("propensity", Double, nullable=False),
    Column("prompt_key", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("style", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("body_hash", Text, nullable=False),
    UniqueConstraint("battle"),
)
"""One vote a battle. `state`: counted, leaked, incomplete or withdrawn. `style`: counts of marks on both sides."""
Index("votes_by_cluster", votes.c.cluster)

spans = Table(
    "spans",
    METADATA,
    Column("battle", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("side", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("word", Text, nullable=False),
    Column("quote", Text, nullable=False),
    PrimaryKeyConstraint("battle", "number"),
)

reactions = Table(
    "reactions",
    METADATA,
    Column("battle", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("side", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("word", Text, nullable=False),
    Column("at", Double, nullable=False),
    PrimaryKeyConstraint("battle", "turn", "side"),
)

tags = Table(
    "tags",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("labels", Text, nullable=False),
    Column("is_archived", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
)

categories = Table(
    "categories",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("labels", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("is_archived", Boolean, nullable=False),
)
"""The owner's own categories of prompts, each with the words that tell it."""

log = Table(
    "log",
    METADATA,
    Column("seq", SERIAL, primary_key=True, autoincrement=True),
    Column("at", Double, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
"""What was done to the arena and by whom. Open boards read it to learn of withdrawn votes and deleted voters."""
