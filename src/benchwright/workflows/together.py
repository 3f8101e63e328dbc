"""Run coroutines side by side; the first foreseen error stops all and is raised as itself, not inside a group."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from benchwright.errors import BenchwrightError

Result = TypeVar("Result")
FORESEEN = (BenchwrightError, OSError)
"""What the command line says in one line: our own errors, and what the operating system refuses."""


async def together(workers: Sequence[Coroutine[Any, Any, Result]]) -> list[Result]:
    """Return what the workers return, in their order."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(worker) for worker in workers]
    except BaseExceptionGroup as failed:
        # Not `except*`: before Python 3.11.4 what is raised in there comes out inside a group again.
        unforeseen = failed.split(FORESEEN)[1]
        if unforeseen is not None:
            raise
        raise first_of(failed) from None
    return [task.result() for task in tasks]


def first_of(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the first error of `group`, however deep it lies."""
    inner = group.exceptions[0]
    return first_of(inner) if isinstance(inner, BaseExceptionGroup) else inner
