"""Room goes to whose turn comes first."""

import asyncio

from benchwright.models.turns import TURN, Room


async def _in_order(turns: list[int], room: Room) -> list[int]:
    seen: list[int] = []

    async def work(turn: int) -> None:
        TURN.set(turn)
        async with room:
            seen.append(turn)
            await asyncio.sleep(0)

    await asyncio.gather(*(work(turn) for turn in turns))
    return seen


async def test_the_lowest_turn_goes_first() -> None:
    assert await _in_order([5, 3, 4, -1], Room(1)) == [5, -1, 3, 4], "the first one found the room empty"


async def test_work_begun_by_others_has_their_turn() -> None:
    TURN.set(7)
    assert await asyncio.create_task(_turn()) == 7


async def _turn() -> int:
    return TURN.get()


async def test_no_more_than_there_is_room_for_are_in_at_once() -> None:
    room, inside, most = Room(3), 0, 0

    async def work() -> None:
        nonlocal inside, most
        async with room:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(work() for _ in range(20)))
    assert most == 3


async def test_whoever_is_cancelled_leaves_the_room_to_the_next() -> None:
    room = Room(1)
    async with room:
        gone, next_one = (asyncio.create_task(_enter(room)) for _ in range(2))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
    async with asyncio.timeout(1):
        await next_one
        await _enter(room)


async def test_whoever_is_cancelled_when_let_in_leaves_the_room_to_the_next() -> None:
    room = Room(1)
    async with room:
        gone, next_one = (asyncio.create_task(_enter(room)) for _ in range(2))
        await asyncio.sleep(0)
    gone.cancel()
    async with asyncio.timeout(1):
        await next_one


async def _enter(room: Room) -> None:
    async with room:
        return
