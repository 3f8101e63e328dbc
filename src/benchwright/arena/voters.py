"""Who may vote: sessions, invitations, consent, and how a person's data is deleted."""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchwright.arena.errors import Invalid, NotAllowed, NotFound
from benchwright.arena.keys import Keys, new_cluster, new_owner_round, with_newest_round
from benchwright.arena.settings import ArenaSettings
from benchwright.errors import unknown_name
from benchwright.store import votes_statements as q
from benchwright.store.votes import Row, Step, VotesDatabase

CACHE_S = 30.0
MOST_CACHED = 5_000
DAY_S = 86_400.0
OWNER = "owner"
LONGEST_METADATA = 500
MOST_METADATA = 20


@dataclass(frozen=True)
class Voter:
    """A person who is signed in. `cluster` is what their votes know of them."""

    id: str
    cluster: str
    pseudonym: str
    is_owner: bool
    group: str
    consent: str
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])
    signed_in_by: str = field(default="", repr=False)


@dataclass(frozen=True)
class Session:
    """One browser that is signed in, with the value that its state-changing calls must carry."""

    voter: Voter
    id_hash: str
    csrf: str


def log_step(actor: str, action: str, subject: str, **detail: object) -> Step:
    """The step that writes one line of the log."""
    row = {"at": time.time(), "actor": actor, "action": action, "subject": subject, "detail": json.dumps(detail)}
    return Step(q.ADD_LOG, (row,), is_vote=True)


@dataclass
class Voters:
    """The people of the arena and their sessions."""

    database: VotesDatabase
    keys: Keys
    settings: ArenaSettings
    _cache: dict[str, tuple[float, Session]] = field(default_factory=dict[str, tuple[float, Session]])

    async def sign_in_with_token(self, token: str, agent: str) -> str | None:
        """Return a new session cookie for the owner where `token` is the printed one, else `None`."""
        newest = await with_newest_round(self.database, self.keys)
        if not secrets.compare_digest(token.encode("utf-8", "replace"), newest.owner_token.encode()):
            return None
        voter = await self._voter_signed_in_by(OWNER, is_owner=True, group="")
        return await self._new_session(voter, agent)

    async def renew_owner_token(self) -> None:
        """Make the printed address void, and end every session that was begun with it."""
        found = await self.database.read(q.VOTER_BY_SIGN_IN, {"which_signed_in_by": OWNER})
        ended = [Step(q.DROP_SESSIONS_OF, ({"which_voter": row["id"]},)) for row in found]
        await self.database.write(*new_owner_round(), *ended, log_step(OWNER, "token renewed", OWNER))
        self._cache.clear()

    async def sign_in_with_invitation(self, code: str, agent: str) -> str | None:
        """Use up one place of an invitation; return a session cookie for a new voter, or `None` where it is void."""
        code_hash = self.keys.mac("invitation", code)
        rows = await self.database.read(q.INVITATION, {"which_hash": code_hash})
        if not rows:
            return None
        use = Step(q.USE_INVITATION, ({"which_hash": code_hash, "which_now": time.time()},), must_change=True)
        if (await self.database.write(use)) != [1]:
            return None
        how = f"invitation:{secrets.token_hex(8)}"
        voter = await self._voter_signed_in_by(how, is_owner=False, group=rows[0]["voter_group"])
        return await self._new_session(voter, agent)

    async def sign_in_named(self, name: str, agent: str) -> str:
        """Return a session cookie for the person whom a proxy or a provider names; only a keyed hash of it is kept."""
        voter = await self._voter_signed_in_by(self._how_named(name), is_owner=False, group="")
        return await self._new_session(voter, agent)

    def is_named(self, voter: Voter, name: str) -> bool:
        """Whether `voter` is the person whom the proxy names now."""
        return voter.signed_in_by == self._how_named(f"proxy {name}")

    def _how_named(self, name: str) -> str:
        return f"named:{self.keys.mac('named', name)[:32]}"

    def forget_sessions(self) -> None:
        """Another process may have deleted somebody or renewed the owner's token: ask the database again who is in."""
        self._cache.clear()

    async def session(self, cookie: str, agent: str) -> Session | None:
        """Return the session that a cookie stands for, if it is genuine, of this browser and has not ended."""
        identifier, _, signature = cookie.partition(".")
        if len(cookie) > 200 or not signature or not self.keys.is_mac("session", identifier, signature):
            return None
        agent_hash = self.keys.mac("agent", agent)
        cached = self._cache.get(identifier)
        if cached is not None and cached[0] > time.monotonic():
            return cached[1] if cached[1].id_hash.endswith(agent_hash) else None
        id_hash = self.keys.mac("session id", identifier)
        rows = await self.database.read(q.SESSION, {"which_hash": id_hash})
        if not rows or rows[0]["expires"] < time.time() or rows[0]["agent_hash"] != agent_hash:
            return None
        found = await self.database.read(q.VOTER, {"which_voter": rows[0]["voter"]})
        if not found:
            return None
        session = Session(voter_of(found[0]), id_hash + agent_hash, self.keys.mac("csrf", identifier))
        if len(self._cache) >= MOST_CACHED:
            self._cache.clear()
        self._cache[identifier] = (time.monotonic() + CACHE_S, session)
        return session

    async def consent(self, voter: Voter, *, version: str, is_accepted: bool, metadata: Mapping[str, str]) -> None:
        """Keep what the voter agreed to, and what they said of themselves."""
        if version != self.settings.consent_version:
            raise Invalid(
                f"the wording in force is version {self.settings.consent_version}, not {version[:20]}",
                "wording_changed",
            )
        checked = checked_metadata(metadata)
        values = {
            "which_voter": voter.id,
            "consent": version if is_accepted else "",
            "metadata": json.dumps(checked if is_accepted else {}, ensure_ascii=False),
        }
        self._cache.clear()
        await self.database.write(Step(q.SET_CONSENT, (values,)), log_step(voter.id, "consent", voter.id))

    async def invite(self, actor: Voter, *, label: str, group: str, uses: int, days: float) -> str:
        """Make an invitation and return its code, which is shown once and kept only as a hash."""
        code = secrets.token_urlsafe(24)
        now = time.time()
        code_hash = self.keys.mac("invitation", code)
        row = {
            "code_hash": code_hash,
            "label": label,
            "voter_group": group,
            "uses_left": uses,
            "expires": now + days * DAY_S,
            "created": now,
        }
        await self.database.write(
            Step(q.ADD_INVITATION, (row,)), log_step(actor.id, "invitation made", code_hash[:12], uses=uses)
        )
        return code

    async def revoke_invitation(self, actor: Voter, code_hash: str) -> None:
        """Let an invitation open nothing more."""
        changed = await self.database.write(
            Step(q.REVOKE_INVITATION, ({"which_hash": code_hash},), must_change=True),
            log_step(actor.id, "invitation revoked", code_hash[:12]),
        )
        if changed[0] == 0:
            raise NotFound("there is no such invitation")

    async def delete(self, actor: Voter, voter_id: str) -> dict[str, int]:
        """Delete a voter: texts, comments, metadata and pseudonym go, votes keep an unlinkable cluster.

        Returns how many votes and battles were made unlinkable. Open boards read all votes anew.
        """
        rows = await self.database.read(q.VOTER, {"which_voter": voter_id})
        if not rows:
            raise NotFound("there is no such voter")
        voter = voter_of(rows[0])
        if voter.is_owner and actor.id != voter.id:
            raise NotAllowed("the owner's data can be deleted by the owner only")
        return await self._delete(voter)

    async def delete_named(self, pseudonym: str) -> dict[str, int]:
        """Delete the voter of that pseudonym, for whoever holds the database itself."""
        everybody = [voter_of(row) for row in await self.database.read(q.VOTERS)]
        for voter in everybody:
            if voter.pseudonym == pseudonym:
                return await self._delete(voter)
        raise unknown_name("voter", pseudonym, [voter.pseudonym for voter in everybody])

    async def _delete(self, voter: Voter) -> dict[str, int]:
        cluster, voter_id = voter.cluster, voter.id
        prompts = await self.database.read(q.PROMPTS_OF, {"which_cluster": cluster})
        rekeyed = [
            {"which_cluster": cluster, "which_key": row["prompt_key"], "new_key": new_cluster()} for row in prompts
        ]
        changed = await self.database.write(
            *(Step(statement, ({"which_cluster": cluster},)) for statement in q.FORGET_TEXTS),
            *(Step(statement, rekeyed) for statement in q.NEW_PROMPT_KEY),
            *(
                Step(statement, ({"which_cluster": cluster, "new_cluster": new_cluster()},))
                for statement in q.NEW_CLUSTER
            ),
            Step(q.DROP_SESSIONS_OF, ({"which_voter": voter_id},)),
            Step(q.DROP_VOTER, ({"which_voter": voter_id},)),
            log_step(
                "privacy", "voter deleted", "", why="a voter's data was deleted: clusters and prompt keys are new"
            ),
        )
        self._cache.clear()
        forgotten = len(q.FORGET_TEXTS)
        return {"votes": changed[forgotten - 2], "battles": changed[forgotten - 1]}

    async def _voter_signed_in_by(self, how: str, *, is_owner: bool, group: str) -> Voter:
        found = await self.database.read(q.VOTER_BY_SIGN_IN, {"which_signed_in_by": how})
        if not found:
            row = {
                "id": secrets.token_hex(8),
                "cluster": new_cluster(),
                "pseudonym": OWNER if is_owner else f"voter-{secrets.token_hex(3)}",
                "is_owner": is_owner,
                "voter_group": group,
                "signed_in_by": how,
                "consent": "",
                "metadata": "{}",
                "created": time.time(),
            }
            # Several requests of one new person may come at once; the first makes the voter, the others find it.
            await self.database.write(Step(q.ADD_VOTER_ONCE, (row,), is_vote=True))
            found = await self.database.read(q.VOTER_BY_SIGN_IN, {"which_signed_in_by": how})
        return voter_of(found[0])

    async def _new_session(self, voter: Voter, agent: str) -> str:
        """A new id at every sign-in: one that was planted before is worth nothing."""
        identifier = secrets.token_urlsafe(24)
        now = time.time()
        row = {
            "id_hash": self.keys.mac("session id", identifier),
            "voter": voter.id,
            "agent_hash": self.keys.mac("agent", agent),
            "created": now,
            "expires": now + self.settings.session_days * DAY_S,
        }
        await self.database.write(Step(q.DROP_OLD_SESSIONS, ({"which_now": now},)), Step(q.ADD_SESSION, (row,)))
        return f"{identifier}.{self.keys.mac('session', identifier)}"


def voter_of(row: Row) -> Voter:
    """The voter in one row of the table."""
    return Voter(
        id=row["id"],
        cluster=row["cluster"],
        pseudonym=row["pseudonym"],
        is_owner=bool(row["is_owner"]),
        group=row["voter_group"],
        consent=row["consent"],
        metadata=json.loads(row["metadata"]),
        signed_in_by=row["signed_in_by"],
    )


def checked_metadata(metadata: Mapping[str, str]) -> dict[str, str]:
    """Return `metadata` where it is small enough to keep."""
    if len(metadata) > MOST_METADATA or any(len(k) > 60 or len(v) > LONGEST_METADATA for k, v in metadata.items()):
        raise Invalid(f"at most {MOST_METADATA} fields of {LONGEST_METADATA} characters can be kept")
    return dict(metadata)
