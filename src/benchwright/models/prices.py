"""What a model costs: the user's own prices first, then genai-prices offline; unknown stays unknown."""

import functools
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from benchwright.records import Usage

CATALOGUE_NAMES = {"gemini": "google", "google": "google", "xai": "x-ai", "huggingface": "huggingface_together"}
"""Where a provider is called otherwise in the catalogue of prices."""


class Price(BaseModel):
    """US dollars per million tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    input_per_million: float = Field(ge=0)
    output_per_million: float = Field(ge=0)
    cached_per_million: float | None = Field(default=None, ge=0)
    """For input read from the provider's cache; the price of input where it is not given."""

    def cost_usd(self, usage: Usage) -> float | None:
        """What `usage` costs; `None` where the provider did not count."""
        if usage.input_tokens is None or usage.output_tokens is None:
            return None
        cached = min(usage.cached_tokens or 0, usage.input_tokens)
        cached_price = self.input_per_million if self.cached_per_million is None else self.cached_per_million
        plain = (usage.input_tokens - cached) * self.input_per_million
        return (plain + cached * cached_price + usage.output_tokens * self.output_per_million) / 1e6

    def bound_usd(self, input_tokens: int, output_tokens: int) -> float:
        """The most that a request of this size can cost."""
        dearest = max(self.input_per_million, self.cached_per_million or 0)
        return (input_tokens * dearest + output_tokens * self.output_per_million) / 1e6

    def __str__(self) -> str:
        return f"${self.input_per_million:g} in, ${self.output_per_million:g} out per million tokens"


@dataclass(frozen=True)
class PriceList:
    """Prices by the length of the input: (tokens above which it holds, price), the first from 0."""

    tiers: tuple[tuple[int, Price], ...]

    def cost_usd(self, usage: Usage) -> float | None:
        """What `usage` costs; `None` where the provider did not count."""
        return None if usage.input_tokens is None else self._at(usage.input_tokens).cost_usd(usage)

    def bound_usd(self, input_tokens: int, output_tokens: int) -> float:
        """The most that a request of this size can cost."""
        return max(p.bound_usd(input_tokens, output_tokens) for start, p in self.tiers if start <= input_tokens)

    def __str__(self) -> str:
        return "; ".join(f"{price}" + (f" above {start:,} tokens" if start else "") for start, price in self.tiers)

    def _at(self, input_tokens: int) -> Price:
        return [price for start, price in self.tiers if start == 0 or input_tokens > start][-1]


@dataclass(frozen=True)
class CatalogueEntry:
    """What the catalogue of prices knows of a model."""

    prices: PriceList
    name: str
    is_deprecated: bool
    context_tokens: int | None


@functools.lru_cache(maxsize=256)
def catalogue_entry(provider: str, model: str) -> CatalogueEntry | None:
    """Look `provider/model` up in genai-prices, offline; `None` where it is not known or not priced by tokens."""
    # Late: the catalogue is large, and only commands that call paid models need it.
    from genai_prices.data_snapshot import get_snapshot

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            _, found = get_snapshot().find_provider_model(model, None, CATALOGUE_NAMES.get(provider, provider), None)
        except LookupError:
            return None
        prices: Any = found.get_prices(datetime.now(UTC))
    parts = [getattr(prices, name, None) for name in ("input_mtok", "output_mtok", "cache_read_mtok")]
    if parts[0] is None or parts[1] is None:
        return None
    starts = sorted({0} | {tier.start for part in parts for tier in getattr(part, "tiers", ())})
    tiers = tuple((start, _price_above(parts, start)) for start in starts)
    return CatalogueEntry(PriceList(tiers), found.name or found.id, bool(found.deprecated), found.context_window)


def _price_above(parts: list[Any], start: int) -> Price:
    of_input, of_output, of_cached = (_unit_price_above(part, start) for part in parts)
    return Price(input_per_million=of_input or 0.0, output_per_million=of_output or 0.0, cached_per_million=of_cached)


def _unit_price_above(part: Any, start: int) -> float | None:
    """A price is missing, a number, or a base with tiers."""
    if part is None or not hasattr(part, "tiers"):
        return None if part is None else float(part)
    return float(next((tier.price for tier in reversed(part.tiers) if tier.start <= start), part.base))
