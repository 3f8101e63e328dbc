"""`benchwright arena`: people compare anonymous answers in a browser; a leaderboard lives from their votes."""

import asyncio
import os
from pathlib import Path

import click

from benchwright.cli.ocr import ocr_options


@click.command("arena")
@click.option("-m", "--model", "models", multiple=True, help="A candidate; give it again for more.")
@click.option("--documents", multiple=True, help="Files or folders that readers read and prompts are suggested from.")
@ocr_options
@click.option("--benchmark", type=click.Path(path_type=Path), help="Suggest its questions, read its documents.")
@click.option("--run", type=click.Path(path_type=Path), help="Blind review of the answers that this run recorded.")
@click.option("--database", default="votes.sqlite", show_default=True, help="A file, or postgresql://USER@HOST/NAME.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; loopback is this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="0 takes a free one.")
@click.option("--allow-host", "hosts", multiple=True, help="A name under which browsers reach it, beyond loopback.")
@click.option("--https", "is_https", is_flag=True, help="A proxy in front speaks HTTPS: cookies are sent over it only.")
@click.option("--trusted-proxy", "proxies", multiple=True, help="Address of a proxy whose headers are believed.")
@click.option("--trusted-header", default="", help="Header in which that proxy names who is signed in.")
@click.option("--public-board", is_flag=True, help="The board can be read without signing in.")
@click.option("--sampling", type=click.Choice(["active", "uniform"]), default="active", show_default=True)
@click.option("--floor", type=click.FloatRange(0.01, 1), default=0.2, show_default=True, help="Share for every pair.")
@click.option(
    "--personal-data",
    type=click.Choice(["off", "flag", "mask", "refuse"]),
    default="flag",
    show_default=True,
    help="What is done with a prompt that holds personal data.",
)
@click.option("--moderation", default="", help="A service like OpenAI's /v1/moderations that sees prompts first.")
@click.option("--moderation-model", default="", help="The model to name to that service.")
@click.option("--category-model", default="", help="A model that sorts prompts into categories, instead of rules.")
@click.option(
    "--ask",
    "asked",
    multiple=True,
    default=("role", "expertise", "task"),
    show_default=True,
    help="What voters are asked of themselves, after consent.",
)
@click.option("--consent", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Your wording, as text.")
@click.option("--openid", "issuer", default="", help="An OpenID provider that signs people in: its https address.")
@click.option("--openid-client", default="", help="The name under which it knows this arena.")
@click.option("--openid-allow", "allowed", multiple=True, help="Whom it may let in: example.com, a mail address, or *.")
@click.option("--forget", "pseudonym", default="", help="Delete the data of this voter from --database, and end.")
@click.option(
    "--new-token",
    is_flag=True,
    help="Make the owner's address in --database void, and end; the next start prints a new one.",
)
@click.option("--battles-per-minute", type=click.FloatRange(min=1), default=30, show_default=True, help="Of one voter.")
@click.option("--requests-per-minute", type=click.FloatRange(min=1), default=600, show_default=True, hidden=True)
@click.option("--config", type=click.Path(path_type=Path), help="Another benchwright.yaml.")
def command(
    models: tuple[str, ...],
    documents: tuple[str, ...],
    ocr: str,
    ocr_languages: str,
    benchmark: Path | None,
    run: Path | None,
    database: str,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    is_https: bool,
    proxies: tuple[str, ...],
    trusted_header: str,
    public_board: bool,
    sampling: str,
    floor: float,
    personal_data: str,
    moderation: str,
    moderation_model: str,
    category_model: str,
    asked: tuple[str, ...],
    consent: Path | None,
    issuer: str,
    openid_client: str,
    allowed: tuple[str, ...],
    pseudonym: str,
    new_token: bool,
    battles_per_minute: float,
    requests_per_minute: float,
    config: Path | None,
) -> None:
    """Start the arena and print its address.

    Without any model it compares a built-in reader and two examples, on example documents.

    Votes lie in --database; stop with Ctrl-C and start again, nothing is lost.

    \b
    Example:  benchwright arena
              benchwright arena -m openai/gpt-5.1 -m ollama/llama3.2
              benchwright arena --run runs/0a1b2c3d --benchmark my-benchmark
              benchwright arena --forget voter-3f9a1c
    """
    from benchwright.arena.settings import ArenaSettings, OpenIdSettings
    from benchwright.records import content_hash
    from benchwright.workflows.arena import Served, arena, forget_voter, renew_owner_token

    if pseudonym:
        gone = asyncio.run(forget_voter(database, pseudonym))
        click.echo(f"{pseudonym} is deleted; {gone['votes']} votes stay and lead to nobody")
        return
    if new_token:
        asyncio.run(renew_owner_token(database))
        click.echo("the owner's old address and sessions are void; the arena prints the new address when it starts")
        return
    wording = consent.read_text(encoding="utf-8").strip() if consent else ""
    secret = os.environ.get("BENCHWRIGHT_OPENID_SECRET", "")
    settings = ArenaSettings(
        host=host,
        port=port,
        database=database,
        hosts=hosts,
        public_board=public_board,
        is_https=is_https,
        trusted_header=trusted_header,
        trusted_proxies=proxies,
        battles_per_minute=battles_per_minute,
        requests_per_minute=requests_per_minute,
        personal_data=personal_data,
        pair_floor=floor,
        sampling=sampling,
        moderation=moderation,
        moderation_model=moderation_model,
        consent_wording=wording,
        openid=OpenIdSettings(issuer, openid_client, secret, allowed) if issuer else None,
        consent_version=content_hash(wording)[:8] if wording else "1",
        asked_metadata=asked,
    )

    def say(address: str) -> None:
        click.echo(f"the arena is open: {address}\nvotes are kept in {database}; Ctrl-C stops it, nothing is lost")

    served = Served(models, documents, benchmark, run, config, category_model, ocr, ocr_languages)
    click.echo("reading documents and models …", err=True)
    asyncio.run(arena(settings, served, say=say))
    click.echo("stopped; every vote and open ballot is kept")
