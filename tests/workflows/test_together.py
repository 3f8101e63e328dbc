"""Workers side by side."""

import asyncio

import pytest

from benchwright.errors import InputError
from benchwright.workflows.together import together


async def after(delay_s: float, result: int) -> int:
    await asyncio.sleep(delay_s)
    return result


async def failing(error: Exception) -> int:
    await asyncio.sleep(0)
    raise error


async def test_results_come_in_the_order_of_the_workers() -> None:
    assert await together([after(0.01, 1), after(0, 2)]) == [1, 2]


@pytest.mark.parametrize("error", [InputError("the plug was pulled"), OSError(28, "No space left on device")])
async def test_a_foreseen_error_is_raised_as_itself(error: Exception) -> None:
    with pytest.raises(type(error)) as raised:
        await together([failing(error), failing(error), after(60, 1)])
    assert raised.value is error


async def test_a_fault_of_the_program_keeps_its_group() -> None:
    with pytest.raises(ExceptionGroup):
        await together([failing(ZeroDivisionError())])
