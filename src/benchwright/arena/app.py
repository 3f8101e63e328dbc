"""The web application of the arena: routes behind the guard, errors as one clear sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from benchwright.arena import admin_api, api, export_api, why_api
from benchwright.arena.door import Door, Scope
from benchwright.arena.engine import Arena
from benchwright.arena.errors import KIND_OF_STATUS, Told, told_of
from benchwright.arena.hot_paths import HotPaths
from benchwright.arena.security import App, Guard, Refusal, status_of
from benchwright.errors import BenchwrightError
from benchwright.version import VERSION


@dataclass(frozen=True)
class Site:
    """The pages: their routes, and the page that says why something cannot be shown, with a way in or on."""

    router: APIRouter
    refusal: Callable[[Arena, Scope, int, Told], bytes]


def create_app(arena: Arena, site: Site | None = None) -> App:
    """Return the ASGI application of `arena`, guarded, with the pages of `site`."""
    refusal = partial(site.refusal, arena) if site is not None else None
    door = Door(arena.settings, arena.voters, arena.openid)
    return Guard(HotPaths(create_routes(arena, site), arena), arena.settings, arena.voters, door, refusal)


def create_routes(arena: Arena, site: Site | None = None) -> FastAPI:
    """Return the routes alone, whose OpenAPI description is at `/api/openapi.json`."""
    app = FastAPI(
        title="Benchwright arena", version=VERSION, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json"
    )
    app.state.arena = arena
    for part in (api, why_api, admin_api, export_api):
        app.include_router(part.router)
    refusal = None
    if site is not None:
        app.include_router(site.router)
        refusal = partial(site.refusal, arena)
    app.add_exception_handler(BenchwrightError, partial(_foreseen, refusal))
    app.add_exception_handler(RequestValidationError, partial(_malformed, refusal))
    app.add_exception_handler(HTTPException, partial(_http, refusal))
    return app


async def _foreseen(refusal: Refusal | None, request: Request, error: Exception) -> Response:
    assert isinstance(error, BenchwrightError)
    return _said(refusal, request, status_of(error), told_of(error))


async def _malformed(refusal: Refusal | None, request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"] if step != "body")[:120]
    text = f"{place}: {first['msg']}" if place else str(first["msg"])
    return _said(refusal, request, 422, Told(text, KIND_OF_STATUS[422]))


async def _http(refusal: Refusal | None, request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = Told(str(error.detail), KIND_OF_STATUS.get(error.status_code, KIND_OF_STATUS[422]))
    answer = _said(refusal, request, error.status_code, told)
    answer.headers.update(error.headers or {})
    return answer


def _said(refusal: Refusal | None, request: Request, status: int, told: Told) -> Response:
    if refusal is None or request.scope["path"].startswith("/api"):
        return JSONResponse(told.as_json(), status_code=status)
    return HTMLResponse(refusal(request.scope, status, told), status_code=status)
