"""Addresses of the arena's pages: what a browser opens, rendered on the server in the voter's language."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from benchwright.arena.api import arena_of
from benchwright.arena.app import Site
from benchwright.arena.door import Scope
from benchwright.arena.engine import Arena
from benchwright.arena.errors import NotAllowed, Told
from benchwright.arena.ledger import Slice
from benchwright.arena.pages.board_view import MOST_IN_MATRIX, BoardView, weighted
from benchwright.arena.tags import Tag
from benchwright.arena.voters import Session
from benchwright.web import Locale, Pages
from benchwright.web.layout import KEPT

LANGUAGE_COOKIE = "benchwright_language"
YEAR_S = 31_536_000
CHOICES = ("a_much", "a", "tie", "b", "b_much", "both_good", "both_bad")
DAYS = (1, 7, 30, 90)

router = APIRouter(include_in_schema=False)
pages = Pages("benchwright.arena.pages")
TheArena = Annotated[Arena, Depends(arena_of)]
BattleId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


def language_of(request: Request) -> Locale:
    """The language asked for in the address, else the one kept in the browser, else the browser's own."""
    wanted = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE, "")
    return pages.locales.choose(wanted[:12], request.headers.get("accept-language", ""))


def page(request: Request, arena: Arena, template: str, *, here: str, **values: Any) -> HTMLResponse:
    """Return a whole page with what all of them need: who is here, the language, where one can go."""
    locale = language_of(request)
    answer = HTMLResponse(rendered(request, arena, template, here=here, **values))
    if request.query_params.get("lang") in pages.locales.by_language:
        answer.set_cookie(LANGUAGE_COOKIE, locale.language, max_age=YEAR_S, httponly=True, samesite="strict")
    return answer


def rendered(request: Request, arena: Arena, template: str, *, here: str, **values: Any) -> str:
    """The HTML of a page."""
    session: Session | None = request.scope.get("state", {}).get("session")
    return pages.render(
        template,
        language_of(request),
        here=here,
        session=session,
        has_review=bool(arena.battles.recorded.models),
        has_battle=bool(arena.battles.candidates.models),
        path=request.scope["path"],
        settings=arena.settings,
        **values,
    )


def refusal(arena: Arena, scope: Scope, status: int, told: Told) -> bytes:
    """The page that says why not; to whom has not signed in it is the door."""
    request = Request(scope)
    # What is asked for may be what is wrong: neither the host nor the query is trusted to be readable.
    query = parse_qs(scope.get("query_string", b"")[:2_000].decode("latin-1"))
    invite = query.get("invite", [""])[0][:200]
    is_door = status == 401
    template = "door.html" if is_door else "refusal.html"
    is_void = (is_door and scope["path"] != "/") or "token" in query
    values = {"invite": "" if is_void else invite, "is_void": is_void, "has_openid": arena.openid is not None}
    return rendered(
        request, arena, template, here="", status=status, text=in_language(told, request), **values
    ).encode()


def in_language(told: Told, request: Request) -> tuple[str, str]:
    """The sentence for the reader and its language: English where the language of the page has none for the code."""
    locale, key = language_of(request), f"error.{told.code}"
    if key not in locale.strings:
        return told.text, "en"
    return locale(key, text=told.text, **told.values), locale.language


@router.get("/static/{tag}/{name}")
async def static(tag: str, name: str) -> Response:
    """A style sheet, module or list of sentences; its address changes with its content."""
    if (file := pages.files.get(name)) is None:
        raise HTTPException(404, "there is no such file")
    kept = KEPT if tag == pages.tag else "no-cache"
    return Response(file.content, media_type=file.media_type, headers={"cache-control": kept})


@router.get("/favicon.ico")
async def favicon() -> Response:
    """The sign of the arena, for browsers that ask without reading the page."""
    file = pages.files["sign.svg"]
    return Response(file.content, media_type=file.media_type, headers={"cache-control": "public, max-age=86400"})


@router.get("/")
async def battle_page(request: Request, arena: TheArena) -> HTMLResponse:
    """Ask two hidden models."""
    mode = "battle" if arena.battles.candidates.models else "review"
    return _battle(request, arena, mode)


@router.get("/review")
async def review_page(request: Request, arena: TheArena) -> HTMLResponse:
    """Compare two recorded answers, hidden."""
    return _battle(request, arena, "review")


@router.get("/named")
async def named_page(request: Request, arena: TheArena) -> HTMLResponse:
    """Ask one or two models by name; such votes are kept apart."""
    return _battle(request, arena, "side_by_side")


@router.get("/battles/{battle}")
async def one_battle(
    request: Request, arena: TheArena, battle: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
) -> Response:
    """A battle that was begun before: after a reload or a restart."""
    return _battle(request, arena, "battle", battle=battle)


def reason(tag: Tag, locale: Locale) -> str:
    """A reason as the owner words it in the reader's language, else as the language's file does, else in English."""
    own = tag.labels.get(locale.language) or locale.strings.get(f"tag.{tag.key}")
    return own or tag.labels.get("en") or tag.key


def _battle(request: Request, arena: Arena, mode: str, *, battle: str = "") -> HTMLResponse:
    tags = [tag for tag in arena.tags.known.values() if not tag.is_archived]
    models = [name for name in arena.registry.active if name in arena.battles.candidates.models]
    return page(
        request,
        arena,
        "battle.html",
        here="battle" if battle else mode,
        mode=mode,
        battle=battle,
        choices=CHOICES,
        tags=tags,
        reason=reason,
        models=models,
        asked=arena.settings.asked_metadata,
    )


@router.get("/board")
async def board_page(
    request: Request,
    arena: TheArena,
    kind: str = "raw",
    category: str = "",
    language: str = "",
    tag: str = "",
    group: str = "",
    days: Annotated[int, Query(ge=0, le=100_000)] = 0,
    named: bool = False,
) -> HTMLResponse:
    """The leaderboard of the votes as they stand, or of a slice; drawn on the server, kept live by a small script."""
    kind = kind if kind in ("raw", "style") else "raw"
    chosen = Slice(category=category, language=language, tag=tag, group=group, days=days)
    board = await arena.boards.board("style" if kind == "style" else "raw", chosen, is_named=named)
    neighbours = board.get("neighbours", [])
    if kind == "raw" and board["votes_in_all"] != arena.ledger.counted:
        # The clustered board is still at the votes of a moment ago; the live one is refitted at once.
        board = await arena.boards.board("live", chosen, is_named=named)
    weights = _weights(request, arena)
    parts = {name: await arena.boards.board("raw", Slice(category=name)) for name in weights}
    return page(
        request,
        arena,
        "board.html",
        here="board",
        view=BoardView(board, language_of(request)),
        kind=kind,
        chosen=chosen,
        named=named,
        leaders=neighbours[0] if neighbours else None,
        is_copy=False,
        most_in_matrix=MOST_IN_MATRIX,
        weights=weights,
        own=weighted(parts, weights) if weights else (),
        categories=sorted(arena.ledger.categories.names),
        languages_voted=sorted(name for name in arena.ledger.languages.names if name),
        # Whoever only reads the public board is not told how the company is divided.
        groups=sorted(name for name in arena.ledger.groups.names if name) if request.scope["state"]["session"] else [],
        tags=list(arena.tags.known.values()),
        reason=reason,
        days_offered=DAYS,
    )


@router.get("/board/copy")
async def board_copy(request: Request, arena: TheArena, kind: str = "raw") -> Response:
    """The board as one file that needs no server and no network, to send or to keep."""
    board = await arena.boards.board("style" if kind == "style" else "raw")
    neighbours = board.get("neighbours", [])
    html = rendered(
        request,
        arena,
        "board_copy.html",
        here="board",
        view=BoardView(board, language_of(request)),
        kind=kind,
        leaders=neighbours[0] if neighbours else None,
        is_copy=True,
        most_in_matrix=MOST_IN_MATRIX,
        css="\n".join(pages.files[name].content.decode() for name in ("look.css", "arena.css")),
    )
    name = f"leaderboard-{board['votes']}-votes.html"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return HTMLResponse(html, headers=headers)


def _weights(request: Request, arena: Arena) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for name in arena.ledger.categories.names:
        given = request.query_params.get(f"w_{name}", "")
        if given.isdigit() and 0 < int(given) <= 10:
            found[name] = float(given)
    return found


@router.get("/why/{model:path}")
async def why_page(request: Request, arena: TheArena, model: str) -> HTMLResponse:
    """Why a model wins and loses: reasons, marked words, battles to read."""
    if model not in arena.registry.all:
        raise HTTPException(404, "there is no such model in this arena")
    return page(request, arena, "why.html", here="board", model=model)


@router.get("/admin")
async def admin_page(request: Request, arena: TheArena) -> HTMLResponse:
    """The owner's page."""
    session: Session | None = request.scope.get("state", {}).get("session")
    if session is None or not session.voter.is_owner:
        raise NotAllowed("only the owner of the arena may open this page", "owner_only")
    return page(request, arena, "admin.html", here="admin")


@router.get("/privacy")
async def privacy_page(request: Request, arena: TheArena) -> HTMLResponse:
    """What is kept of a voter, their consent, and their own votes."""
    return page(request, arena, "privacy.html", here="privacy", asked=arena.settings.asked_metadata)


SITE = Site(router, refusal)
"""The pages, as `create_app` takes them."""
