"""Fetches one document from an https address, within a size and a time."""

import http.client
import urllib.error
import urllib.request
from typing import IO
from urllib.parse import urlsplit

from benchwright.errors import DocumentRefused
from benchwright.version import VERSION

_TIMEOUT_S = 30.0
_LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))


def fetch(address: str, limit_bytes: int) -> bytes:
    """Return the bytes behind `address`; raises `DocumentRefused` for anything but an answer within the limit.

    Only `https` is followed, also after a redirect; plain `http` is allowed on this machine itself.
    """
    _check(address)
    request = urllib.request.Request(address, headers={"User-Agent": f"benchwright/{VERSION}"})
    try:
        with urllib.request.build_opener(_SafeRedirects).open(request, timeout=_TIMEOUT_S) as answer:
            data: bytes = answer.read(limit_bytes + 1)
    except urllib.error.HTTPError as error:
        raise DocumentRefused(f"not fetched: the server answered {error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise DocumentRefused(f"not fetched: {reason}; is there a network?") from error
    if len(data) > limit_bytes:
        raise DocumentRefused(f"too large: more than {limit_bytes:,} bytes")
    return data


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return
    raise DocumentRefused(f"not fetched: only https addresses are read, not {parts.scheme}://")


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        _check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
