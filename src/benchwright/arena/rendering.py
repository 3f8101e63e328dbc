"""Answers as HTML, worked out beside the event loop: nobody waits while a long one is read as Markdown."""

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

from benchwright.web.markdown import render_markdown

SHORT = 500
"""Characters up to which a thread would cost more than it spares."""
MOST_KEPT = 128
"""A page is loaded again and again."""

_kept: OrderedDict[str, str] = OrderedDict()
# One thread: whoever sends slow texts waits for their own, and the other core stays with the voters.
_beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="markdown")


async def as_html(text: str) -> str:
    """Return `text` as sanitised HTML."""
    if (html := _kept.get(text)) is None:
        if len(text) <= SHORT:
            html = render_markdown(text)
        else:
            html = await asyncio.get_running_loop().run_in_executor(_beside, render_markdown, text)
        if len(_kept) >= MOST_KEPT:
            _kept.popitem(last=False)
    _kept[text] = html
    _kept.move_to_end(text)
    return html
