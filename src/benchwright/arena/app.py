"""The web application of the arena: routes behind the guard, errors as one clear sentence."""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from benchwright.arena import admin_api, api
from benchwright.arena.engine import Arena
from benchwright.arena.hot_paths import HotPaths
from benchwright.arena.security import App, Guard, status_of
from benchwright.errors import BenchwrightError
from benchwright.version import VERSION


def create_app(arena: Arena, routers: Sequence[APIRouter] = ()) -> App:
    """Return the ASGI application of `arena`, guarded; `routers` hold the pages."""
    return Guard(HotPaths(create_routes(arena, routers), arena), arena.settings, arena.voters)


def create_routes(arena: Arena, routers: Sequence[APIRouter] = ()) -> FastAPI:
    """Return the routes alone, whose OpenAPI description is at `/api/openapi.json`."""
    app = FastAPI(
        title="Benchwright arena", version=VERSION, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json"
    )
    app.state.arena = arena
    app.include_router(api.router)
    app.include_router(admin_api.router)
    for router in routers:
        app.include_router(router)
    app.add_exception_handler(BenchwrightError, _foreseen)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    return app


async def _foreseen(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, BenchwrightError)
    return JSONResponse({"error": str(error)}, status_code=status_of(error))


async def _malformed(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"] if step != "body")[:120]
    return JSONResponse({"error": f"{place}: {first['msg']}" if place else str(first["msg"])}, status_code=422)


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": str(error.detail)}, status_code=error.status_code, headers=error.headers)
