"""How an arena is run: every choice of the owner, with the default that is right on one's own machine."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from benchwright.errors import InputError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class OpenIdSettings:
    """The provider, and whom it may let in: mail addresses, domains of mail addresses, or `*` for all of its people."""

    issuer: str
    client: str
    secret: str = field(default="", repr=False)
    allowed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.client:
            raise InputError("an OpenID provider must know this arena by a name; give it with `--openid-client`")
        if not self.allowed:
            raise InputError(
                f"say whom {self.issuer} may let in with `--openid-allow`: a domain such as example.com, a mail "
                f"address, or * for everybody with an account there"
            )
        check_secure(self.issuer)


def check_secure(address: str) -> None:
    """Raise `InputError` where `address` would send secrets in the clear."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise InputError(f"`{address}` is not https; an OpenID provider is asked over https only")


@dataclass(frozen=True)
class ArenaSettings:
    """The settings of one server.

    `hosts`: names under which browsers may reach it, besides loopback. `public_board`: whether `/board` can be read
    without signing in. `trusted_header`: a header in which a proxy at `trusted_proxies` names the signed-in person.
    """

    host: str = "127.0.0.1"
    port: int = 8321
    database: str = "votes.sqlite"
    hosts: tuple[str, ...] = ()
    public_board: bool = False
    is_https: bool = False
    trusted_header: str = ""
    trusted_proxies: tuple[str, ...] = ()
    consent_version: str = "1"
    consent_wording: str = ""
    """The owner's own words; without them the pages' own, in the voter's language."""
    asked_metadata: tuple[str, ...] = ("role", "expertise", "task")
    openid: OpenIdSettings | None = None
    moderation: str = ""
    """Address of a moderation service that sees each prompt before a model does."""
    moderation_model: str = ""
    battles_per_minute: float = 30.0
    """Of one voter; an address may do four times as much."""
    requests_per_minute: float = 600.0
    largest_body: int = 262_144
    longest_prompt: int = 32_000
    longest_answer: int = 60_000
    """Characters after which an answer is cut and its side marked truncated."""
    side_timeout_s: float = 180.0
    first_words_timeout_s: float = 90.0
    tick_s: float = 0.08
    pace: int = 1200
    """Characters a second that a page is shown of each side at most."""
    open_streams: int = 6
    """Answers being written for one voter at a time."""
    personal_data: str = "flag"
    """What is done with a prompt that holds personal data: `off`, `flag`, `mask` or `refuse`."""
    pair_floor: float = 0.2
    """Share of battles that is spread evenly over all pairs, whatever the sampling rule says."""
    sampling: str = "active"
    tail_s: float = 0.2
    session_days: float = 30.0

    def __post_init__(self) -> None:
        if not 0 < self.pair_floor <= 1:
            raise InputError(f"the floor of pairs is a share above 0 and at most 1, not {self.pair_floor}")
        if self.sampling not in ("active", "uniform"):
            raise InputError(f"the sampling rule is `active` or `uniform`, not `{self.sampling}`")
        if self.personal_data not in ("off", "flag", "mask", "refuse"):
            raise InputError(f"personal data is `off`, `flag`, `mask` or `refuse`, not `{self.personal_data}`")
        if not self.is_loopback and not self.hosts:
            raise InputError(
                f"an arena that listens on {self.host} can be reached by others: name the addresses that browsers "
                f"will use with `--allow-host`, and invite people on the admin page"
            )

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK
