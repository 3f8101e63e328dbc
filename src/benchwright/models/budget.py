"""Spending limits, checked before a request leaves the machine; and the bill, by stage and model."""

import asyncio
from dataclasses import dataclass

from benchwright.errors import BudgetExceeded
from benchwright.records import Usage


@dataclass
class Reservation:
    """Money set aside for one request that is under way."""

    cost_usd: float
    is_open: bool = True


class Budget:
    """At most `limit_usd` for one execution of a command, however many requests are under way; `None` is no limit.

    Each request sets its highest possible cost aside before it leaves. What is set aside and not used comes back when
    the answer is in, so a request that does not fit waits for those under way before it is refused.
    """

    def __init__(self, limit_usd: float | None = None) -> None:
        self.limit_usd = limit_usd
        self.spent_usd = 0.0
        self.reserved_usd = 0.0
        self.uncertain_usd = 0.0
        """Part of `spent_usd` that was set aside for requests whose fate is unknown: the provider may bill them."""
        self._returned = asyncio.Event()
        self._under_way = 0

    async def reserve(self, model: str, cost_usd: float) -> Reservation:
        """Set `cost_usd` aside, or raise `BudgetExceeded` where it cannot fit even if all under way costs nothing."""
        while self.limit_usd is not None and self.spent_usd + self.reserved_usd + cost_usd > self.limit_usd:
            if self.spent_usd + cost_usd > self.limit_usd or self._under_way == 0:
                raise BudgetExceeded(
                    f"the next request to `{model}` may cost ${cost_usd:.4f}, "
                    f"but ${self.spent_usd:.4f} of ${self.limit_usd:.2f} is spent; "
                    f"raise the limit with `--budget`, or continue later: answers so far are kept"
                )
            self._returned.clear()
            await self._returned.wait()
        self._under_way += 1
        self.reserved_usd += cost_usd
        return Reservation(cost_usd)

    def settle(self, reservation: Reservation, cost_usd: float | None) -> None:
        """Close a reservation with what the answer cost; `None`, an unknown cost, counts as all that was set aside."""
        if not reservation.is_open:
            return
        reservation.is_open = False
        self._under_way -= 1
        self.reserved_usd = max(0.0, self.reserved_usd - reservation.cost_usd)
        if self._under_way == 0:
            # Sums of floats drift; nothing under way is nothing set aside.
            self.reserved_usd = 0.0
        if cost_usd is None:
            self.uncertain_usd += reservation.cost_usd
        self.spent_usd += reservation.cost_usd if cost_usd is None else cost_usd
        self._returned.set()


@dataclass
class Spend:
    """What one model cost in one stage. `cost_usd` is `None` where a call's price is unknown."""

    stage: str
    model: str
    calls: int = 0
    from_journal: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    cost_usd: float | None = 0.0

    def add(self, usage: Usage, cost_usd: float | None) -> None:
        """Count one paid call."""
        self.calls += 1
        self.input_tokens += usage.input_tokens or 0
        self.output_tokens += usage.output_tokens or 0
        self.reasoning_tokens += usage.reasoning_tokens or 0
        self.cost_usd = None if cost_usd is None or self.cost_usd is None else self.cost_usd + cost_usd
