"""Fetches one document from an https address, within a size and a time."""

import http.client
import time
import urllib.error
import urllib.request
from typing import IO
from urllib.parse import urlsplit

from benchwright.errors import DocumentRefused
from benchwright.version import VERSION

_TIMEOUT_S = 30.0
_WHOLE_TIMEOUT_S = 300.0
"""For all of a document: a server that dribbles it is let go."""
_PIECE = 65_536
_LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))


def fetch(address: str, limit_bytes: int) -> bytes:
    """Return the bytes behind `address`; raises `DocumentRefused` for anything but an answer within the limit.

    Only `https` is followed, also after a redirect; plain `http` is allowed on this machine itself, to which nobody
    else may send us: what runs here would become a document.
    """
    _check(address)
    request = urllib.request.Request(address, headers={"User-Agent": f"benchwright/{VERSION}"})
    try:
        with urllib.request.build_opener(SafeRedirects).open(request, timeout=_TIMEOUT_S) as answer:
            data = _all_of(answer, limit_bytes)
    except urllib.error.HTTPError as error:
        raise DocumentRefused(f"not fetched: the server answered {error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise DocumentRefused(f"not fetched: {reason}; is there a network?") from error
    return data


def _all_of(answer: http.client.HTTPResponse, limit_bytes: int) -> bytes:
    ends = time.monotonic() + _WHOLE_TIMEOUT_S
    data = bytearray()
    while piece := answer.read1(_PIECE):
        data += piece
        if len(data) > limit_bytes:
            raise DocumentRefused(f"too large: more than {limit_bytes:,} bytes")
        if time.monotonic() > ends:
            raise DocumentRefused(f"too slow: not fetched within {_WHOLE_TIMEOUT_S:.0f} s")
    if answer.length:
        raise DocumentRefused("not fetched: the connection ended before the document did")
    return bytes(data)


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return
    raise DocumentRefused(f"not fetched: only https addresses are read, not {parts.scheme}://")


class SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to where the first address could have been."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The next request; raises `DocumentRefused` where it would lead out of what may be read."""
        _check(newurl)
        if urlsplit(newurl).hostname in _LOOPBACK and urlsplit(req.full_url).hostname not in _LOOPBACK:
            raise DocumentRefused(f"not fetched: {req.host} sends its readers on to this machine")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
