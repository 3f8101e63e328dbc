import asyncio

import pytest

from benchwright.errors import BudgetExceeded, ConfigError
from benchwright.models.budget import Budget
from benchwright.models.config import Config, EndpointConfig
from benchwright.models.journaled import open_models, spend_lines
from benchwright.models.loopback import Faults, LoopbackServer
from benchwright.models.prices import Price, PriceList, catalogue_entry
from benchwright.records import Message, Reply, Request, Usage

PRICE = Price(input_per_million=100, output_per_million=1000)


def question(number: int) -> Request:
    return Request(messages=(Message(role="user", content=f"Number {number} is odd. Is it?"),))


async def test_what_does_not_fit_waits_for_what_is_under_way() -> None:
    budget = Budget(1.0)
    first = await budget.reserve("m", 0.8)
    second = asyncio.create_task(budget.reserve("m", 0.8))
    await asyncio.sleep(0)
    assert not second.done()
    budget.settle(first, 0.1)
    assert (await second).cost_usd == 0.8


async def test_what_can_never_fit_is_refused_with_the_figures() -> None:
    budget = Budget(1.0)
    budget.settle(await budget.reserve("m", 0.9), 0.9)
    with pytest.raises(BudgetExceeded, match=r"\$0\.2000, but \$0\.9000 of \$1\.00 is spent"):
        await budget.reserve("m", 0.2)


async def test_an_unknown_cost_counts_as_all_that_was_set_aside() -> None:
    budget = Budget(1.0)
    budget.settle(await budget.reserve("m", 0.4), None)
    assert budget.spent_usd == 0.4
    assert budget.uncertain_usd == 0.4


async def test_sixty_four_at_once_never_pass_the_limit() -> None:
    async with LoopbackServer(Faults(latency_s=0.01, jitter_s=0.02, dropped=0.02, server_error=0.05)) as server:
        config = Config(endpoints={"here": EndpointConfig(url=server.url)}, prices={"here/m": PRICE}, output_limit=30)
        budget = Budget(1.5)
        async with open_models(["here/m"], config, budget=budget, concurrency=64) as models:
            calls = [models["here/m"].respond(question(number)) for number in range(300)]
            outcomes = await asyncio.gather(*calls, return_exceptions=True)
        answers = [outcome for outcome in outcomes if isinstance(outcome, Reply)]
        assert any(isinstance(outcome, BudgetExceeded) for outcome in outcomes)
        assert budget.spent_usd <= 1.5
        # It stops because the money is gone, not because too much was set aside.
        assert budget.spent_usd > 1.3
        assert all(reply.parameters["max_tokens"] == 30 for reply in answers)
        # Paid by the server's own count: what it answered, at the price, is within the limit too.
        assert sum(reply.cost_usd or 0 for reply in answers) <= budget.spent_usd + 1e-9


async def test_a_budget_with_an_unknown_price_is_an_error_with_the_way_out() -> None:
    config = Config(endpoints={"here": EndpointConfig(url="http://127.0.0.1:9/v1")})
    with pytest.raises(ConfigError, match=r"price of `here/m` is unknown.*prices:"):
        async with open_models(["here/m"], config, budget=Budget(1)):
            pass


async def test_an_unknown_price_is_shown_as_unknown() -> None:
    async with LoopbackServer() as server:
        config = Config(endpoints={"here": EndpointConfig(url=server.url)})
        async with open_models(["here/m"], config) as models:
            reply = await models.at("write")["here/m"].respond(question(1))
            assert reply.cost_usd is None
            assert spend_lines(models.spend())[0].startswith("write: here/m: 1 calls")
            assert spend_lines(models.spend())[0].endswith("price unknown")


def test_cached_input_has_its_own_price() -> None:
    price = Price(input_per_million=10, output_per_million=20, cached_per_million=1)
    usage = Usage(input_tokens=1_000_000, output_tokens=500_000, cached_tokens=400_000)
    assert price.cost_usd(usage) == pytest.approx(6 + 0.4 + 10)
    assert price.cost_usd(Usage(input_tokens=5)) is None


def test_a_long_input_is_priced_by_its_tier_and_bounded_by_the_dearest() -> None:
    cheap, dear = (Price(input_per_million=n, output_per_million=n) for n in (1, 2))
    prices = PriceList(((0, cheap), (1000, dear)))
    assert prices.cost_usd(Usage(input_tokens=1000, output_tokens=0)) == pytest.approx(0.001)
    assert prices.cost_usd(Usage(input_tokens=1001, output_tokens=0)) == pytest.approx(0.002002)
    assert prices.bound_usd(500, 0) == pytest.approx(0.0005)
    assert prices.bound_usd(2000, 0) == pytest.approx(0.004)


def test_the_catalogue_agrees_with_its_own_calculation_and_knows_what_it_does_not_know() -> None:
    from genai_prices import Usage as CatalogueUsage
    from genai_prices import calc_price

    for provider, model in [("openai", "gpt-4o"), ("anthropic", "claude-sonnet-4-5"), ("gemini", "gemini-2.5-pro")]:
        entry = catalogue_entry(provider, model)
        assert entry is not None
        for read in (1_000, 150_000, 300_000):
            usage = CatalogueUsage(input_tokens=read, output_tokens=700)
            expected = calc_price(usage, model, provider_id=provider.replace("gemini", "google")).total_price
            ours = entry.prices.cost_usd(Usage(input_tokens=read, output_tokens=700))
            assert ours == pytest.approx(float(expected))
    assert catalogue_entry("ollama", "llama3.1") is None
    assert catalogue_entry("openai", "no-such-model-at-all") is None
