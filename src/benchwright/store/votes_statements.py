"""Every statement that the arena sends to its database, written once in SQLAlchemy Core for both kinds."""

from typing import Any

from sqlalchemy import Table, Text, and_, bindparam, cast, delete, func, insert, or_, select, update

from benchwright.store import votes_schema as t


def _insert(table: Table) -> Any:
    """All columns but those that the database numbers itself."""
    columns = [column.name for column in table.columns if column.name != "seq"]
    return insert(table).values({name: bindparam(name) for name in columns})


def _insert_where(table: Table, condition: Any) -> Any:
    """Insert a row where `condition` holds at that moment."""
    columns = [column for column in table.columns if column.name != "seq"]
    # PostgreSQL must be told the types of bare values.
    values = select(*(cast(bindparam(column.name), column.type) for column in columns))
    return insert(table).from_select([column.name for column in columns], values.where(condition))


def _cast(name: str) -> Any:
    """A value to select; PostgreSQL must be told its type."""
    return cast(bindparam(name), Text)


def _of(name: str) -> Any:
    return bindparam(f"which_{name}")


ADD_BATTLE = _insert(t.battles)
ADD_TURN = _insert(t.turns)
ADD_RESPONSE = _insert(t.responses)
_IS_KEPT = select(t.battles.c.id).where(t.battles.c.id == bindparam("battle"), t.battles.c.source != "deleted").exists()
ADD_ANSWER = _insert_where(t.responses, _IS_KEPT)
"""An answer that was being written while its voter was deleted is not kept."""
ADD_FURTHER_TURN = _insert_where(t.turns, _IS_KEPT)
ADD_VOTE = _insert(t.votes)
ADD_SPAN = _insert(t.spans)
ADD_REACTION = _insert(t.reactions)
ADD_LOG = _insert(t.log)
ADD_REGISTRY = _insert(t.registry)
ADD_VOTER_ONCE = _insert_where(
    t.voters, ~select(t.voters.c.id).where(t.voters.c.signed_in_by == bindparam("signed_in_by")).exists()
)
ADD_SESSION = _insert(t.sessions)
ADD_INVITATION = _insert(t.invitations)
ADD_TAG = _insert(t.tags)
ADD_CATEGORY = _insert(t.categories)
ADD_SETTING = _insert(t.settings)

BATTLE = (
    select(
        t.battles,
        t.turns.c.turn,
        t.turns.c.prompt.label("turn_prompt"),
        *(column for column in t.responses.columns if column.name not in ("battle", "turn", "state")),
        t.responses.c.state.label("answer_state"),
        select(t.reactions.c.battle).where(t.reactions.c.battle == t.battles.c.id).exists().label("has_reactions"),
    )
    .outerjoin(t.turns, t.turns.c.battle == t.battles.c.id)
    .outerjoin(t.responses, and_(t.responses.c.battle == t.turns.c.battle, t.responses.c.turn == t.turns.c.turn))
    .where(t.battles.c.id == _of("battle"))
    .order_by(t.turns.c.turn, t.responses.c.side, t.responses.c.attempt)
)
"""A battle with its turns and answers, one row an answer."""
RESPONSES = (
    select(t.responses)
    .where(t.responses.c.battle == _of("battle"))
    .order_by(t.responses.c.turn, t.responses.c.side, t.responses.c.attempt)
)
VOTE = select(t.votes).where(t.votes.c.battle == _of("battle"))
SPANS = select(t.spans).where(t.spans.c.battle == _of("battle")).order_by(t.spans.c.number)
REACTIONS = select(t.reactions).where(t.reactions.c.battle == _of("battle"))

SET_CHOICE = (
    update(t.battles)
    .where(t.battles.c.id == _of("battle"), t.battles.c.state == "open", t.battles.c.cluster == _of("cluster"))
    .values(choice=bindparam("choice"))
)
END_BATTLE = (
    update(t.battles)
    .where(t.battles.c.id == _of("battle"), t.battles.c.state == "open", t.battles.c.cluster == _of("cluster"))
    .values(state=bindparam("state"))
)
SORT_BATTLE = (
    update(t.battles)
    .where(t.battles.c.id == _of("battle"), t.battles.c.state == "open")
    .values(category=bindparam("category"), sorted_by=bindparam("sorted_by"))
)
FLAG_BATTLE = update(t.battles).where(t.battles.c.id == _of("battle")).values(flag=bindparam("flag"))
WITHDRAW = (
    update(t.votes)
    .where(t.votes.c.battle == _of("battle"), t.votes.c.cluster == _of("cluster"), t.votes.c.state != "withdrawn")
    .values(state="withdrawn")
)
DROP_REACTION = delete(t.reactions).where(
    t.reactions.c.battle == _of("battle"), t.reactions.c.turn == _of("turn"), t.reactions.c.side == _of("side")
)

VOTES_AFTER = (
    select(
        *(
            t.votes.c[name]
            for name in (
                *(
                    "seq",
                    "battle",
                    "at",
                    "cluster",
                    "voter_group",
                    "mode",
                    "model_a",
                    "model_b",
                    "choice",
                    "tags_a",
                    "tags_b",
                ),
                *("propensity", "prompt_key", "category", "language", "style", "state"),
            )
        )
    )
    .where(t.votes.c.seq > _of("seq"))
    .order_by(t.votes.c.seq)
    .limit(bindparam("most"))
)
LOG_AFTER = select(t.log).where(t.log.c.seq > _of("seq")).order_by(t.log.c.seq).limit(bindparam("most"))
LAST_LOG = select(func.coalesce(func.max(t.log.c.seq), 0).label("seq"))

SETTING = select(t.settings.c.value).where(t.settings.c.name == _of("name"))
DROP_SETTING = delete(t.settings).where(t.settings.c.name == _of("name"))
REGISTRY = select(t.registry).order_by(t.registry.c.seq)
TAGS = select(t.tags).order_by(t.tags.c.position)
DROP_TAG = delete(t.tags).where(t.tags.c.key == _of("key"))
CATEGORIES = select(t.categories).order_by(t.categories.c.key)
DROP_CATEGORY = delete(t.categories).where(t.categories.c.key == _of("key"))

VOTER = select(t.voters).where(t.voters.c.id == _of("voter"))
VOTER_BY_SIGN_IN = select(t.voters).where(t.voters.c.signed_in_by == _of("signed_in_by"))
VOTERS = select(t.voters).order_by(t.voters.c.created)
SET_CONSENT = (
    update(t.voters)
    .where(t.voters.c.id == _of("voter"))
    .values(consent=bindparam("consent"), metadata=bindparam("metadata"))
)
DROP_VOTER = delete(t.voters).where(t.voters.c.id == _of("voter"))
SESSION = select(t.sessions).where(t.sessions.c.id_hash == _of("hash"))
DROP_SESSIONS_OF = delete(t.sessions).where(t.sessions.c.voter == _of("voter"))
DROP_OLD_SESSIONS = delete(t.sessions).where(t.sessions.c.expires < _of("now"))
INVITATIONS = select(t.invitations).order_by(t.invitations.c.created)
INVITATION = select(t.invitations).where(t.invitations.c.code_hash == _of("hash"))
USE_INVITATION = (
    update(t.invitations)
    .where(
        t.invitations.c.code_hash == _of("hash"),
        t.invitations.c.uses_left > 0,
        t.invitations.c.expires > _of("now"),
    )
    .values(uses_left=t.invitations.c.uses_left - 1)
)
REVOKE_INVITATION = update(t.invitations).where(t.invitations.c.code_hash == _of("hash")).values(uses_left=0)

BATTLES_OF = select(t.battles.c.id).where(t.battles.c.cluster == _of("cluster"))
PROMPTS_OF = select(t.battles.c.prompt_key).where(t.battles.c.cluster == _of("cluster")).distinct()
FLAGGED = (
    select(t.battles.c.id, t.battles.c.prompt, t.battles.c.created, t.battles.c.flag)
    .where(t.battles.c.flag != "")
    .order_by(t.battles.c.created.desc())
    .limit(200)
)
LEAKED = (
    select(t.battles.c.id, t.battles.c.prompt, t.battles.c.created, t.responses.c.leak)
    .join(t.responses, t.responses.c.battle == t.battles.c.id)
    .where(t.responses.c.leak != "", or_(t.battles.c.mode == "battle", t.battles.c.mode == "review"))
    .order_by(t.battles.c.created.desc())
    .limit(200)
)
"""Blind battles in which an answer named itself."""
VOTES_OF = (
    select(t.votes.c.battle, t.votes.c.at, t.votes.c.choice, t.votes.c.state)
    .where(t.votes.c.cluster == _of("cluster"))
    .order_by(t.votes.c.seq.desc())
    .limit(bindparam("most"))
)

_BATTLES_OF_CLUSTER = select(t.battles.c.id).where(t.battles.c.cluster == _of("cluster")).scalar_subquery()
FORGET_TEXTS: tuple[Any, ...] = (
    update(t.responses).where(t.responses.c.battle.in_(_BATTLES_OF_CLUSTER)).values(text="", reason="", leak=""),
    update(t.turns).where(t.turns.c.battle.in_(_BATTLES_OF_CLUSTER)).values(prompt=""),
    delete(t.spans).where(t.spans.c.battle.in_(_BATTLES_OF_CLUSTER)),
    delete(t.reactions).where(t.reactions.c.battle.in_(_BATTLES_OF_CLUSTER)),
    update(t.votes)
    .where(t.votes.c.cluster == _of("cluster"))
    .values(comment="", metadata="{}", voter_group="", body_hash=""),
    update(t.battles).where(t.battles.c.cluster == _of("cluster")).values(prompt="", source="deleted", flag=""),
)
"""What a deleted voter leaves nothing of, in this order; each takes the voter's cluster."""
NEW_PROMPT_KEY: tuple[Any, ...] = tuple(
    update(table)
    .where(table.c.cluster == _of("cluster"), table.c.prompt_key == _of("key"))
    .values(prompt_key=bindparam("new_key"))
    for table in (t.votes, t.battles)
)
NEW_CLUSTER: tuple[Any, ...] = tuple(
    update(table).where(table.c.cluster == _of("cluster")).values(cluster=bindparam("new_cluster"))
    for table in (t.votes, t.battles)
)
ADD_SETTING_ONCE = insert(t.settings).from_select(
    ["name", "value"],
    select(_cast("name"), _cast("value")).where(
        ~select(t.settings.c.name).where(t.settings.c.name == bindparam("name")).exists()
    ),
)
SET_CHOICE_OF_VOTE = update(t.battles).where(t.battles.c.id == _of("battle")).values(choice=bindparam("choice"))

_BLIND = or_(t.votes.c.mode == "battle", t.votes.c.mode == "review")
_COUNTED_OF = (
    (t.votes.c.state == "counted"),
    _BLIND,
    or_(t.votes.c.model_a == _of("model"), t.votes.c.model_b == _of("model")),
)
EXAMPLES_OF = (
    select(
        *(t.votes.c[name] for name in ("battle", "model_a", "model_b", "choice", "comment", "category")),
        t.battles.c.prompt,
    )
    .join(t.battles, t.battles.c.id == t.votes.c.battle)
    .where(*_COUNTED_OF, t.battles.c.source != "deleted")
    .order_by(t.votes.c.seq.desc())
    .limit(bindparam("most"))
)
SPANS_OF = (
    select(t.spans.c.battle, t.spans.c.verdict, t.spans.c.word, t.spans.c.quote)
    .join(t.votes, t.votes.c.battle == t.spans.c.battle)
    .where(
        t.votes.c.state == "counted",
        _BLIND,
        or_(
            and_(t.votes.c.model_a == _of("model"), t.spans.c.side == "a"),
            and_(t.votes.c.model_b == _of("model"), t.spans.c.side == "b"),
        ),
    )
    .order_by(t.votes.c.seq.desc(), t.spans.c.number)
    .limit(bindparam("most"))
)
VOTE_PAGE = (
    select(t.votes, t.battles.c.prompt, t.battles.c.rule, t.battles.c.source, t.battles.c.sorted_by)
    .join(t.battles, t.battles.c.id == t.votes.c.battle)
    .where(t.votes.c.seq > _of("seq"))
    .order_by(t.votes.c.seq)
    .limit(bindparam("most"))
)
RECENT_LOG = select(t.log).order_by(t.log.c.seq.desc()).limit(bindparam("most"))
COUNTS_BY_VOTER = (
    select(
        t.votes.c.cluster,
        func.count().label("votes"),
        func.max(t.votes.c.at).label("latest"),
    )
    .where(t.votes.c.state == "counted")
    .group_by(t.votes.c.cluster)
)
