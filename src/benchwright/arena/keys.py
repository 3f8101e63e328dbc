"""Random names and keyed hashes: battle ids, clusters, signatures. Chance that must stay secret is drawn here."""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, replace

from benchwright.store import votes_statements as q
from benchwright.store.votes import Step, VotesDatabase

CLUSTER_DIGITS = 15
OWNER_ROUND = "owner round"


@dataclass(frozen=True)
class Keys:
    """The arena's secret, kept in its database so that sessions survive a restart and several servers share them."""

    secret: bytes
    owner_round: str = "token"
    """What the owner's token is made from besides the secret; another one makes every earlier token void."""

    def mac(self, purpose: str, text: str) -> str:
        """A keyed hash of `text` as 64 hexadecimal digits; `purpose` keeps hashes of different uses apart."""
        return hmac.new(self.secret, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()

    def is_mac(self, purpose: str, text: str, claimed: str) -> bool:
        """Whether `claimed` is that hash, compared in constant time."""
        return hmac.compare_digest(self.mac(purpose, text).encode(), claimed.encode("utf-8", "replace"))

    def prompt_key(self, prompt: str) -> str:
        """What tells two battles on the same prompt from two on different ones, without telling the prompt."""
        return self.mac("prompt", " ".join(prompt.split()).casefold())[:CLUSTER_DIGITS]

    @property
    def owner_token(self) -> str:
        """The token in the printed address."""
        return self.mac("owner", self.owner_round)[:43]


def new_battle() -> str:
    """128 random bits from the operating system as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def new_cluster() -> str:
    """A name for a voter that says nothing about them."""
    return secrets.token_hex(8)[:CLUSTER_DIGITS]


async def open_keys(database: VotesDatabase) -> Keys:
    """Return the keys kept in `database`, making them when it is new."""
    if not (rows := await database.read(q.SETTING, {"which_name": "secret"})):
        # Another server may do the same at this moment: the table takes one of the two, and both read that one.
        made = Step(q.ADD_SETTING_ONCE, ({"name": "secret", "value": json.dumps(secrets.token_hex(32))},))
        await database.write(made)
        rows = await database.read(q.SETTING, {"which_name": "secret"})
    return await with_newest_round(database, Keys(bytes.fromhex(json.loads(rows[0]["value"]))))


async def with_newest_round(database: VotesDatabase, keys: Keys) -> Keys:
    """Return `keys` with the owner's token as it is now: another process may have made a new one."""
    rows = await database.read(q.SETTING, {"which_name": OWNER_ROUND})
    return replace(keys, owner_round=json.loads(rows[0]["value"])) if rows else keys


def new_owner_round() -> tuple[Step, Step]:
    """The steps that make every earlier token of the owner void."""
    row = {"name": OWNER_ROUND, "value": json.dumps(secrets.token_hex(16))}
    return Step(q.DROP_SETTING, ({"which_name": OWNER_ROUND},)), Step(q.ADD_SETTING, (row,))
