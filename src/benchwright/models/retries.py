"""Whether a failed call is tried again, and when a failure stops the work, in one line with the way out."""

import asyncio
import time
from dataclasses import dataclass

from benchwright.errors import ModelError
from benchwright.models.endpoint import Endpoint
from benchwright.models.wire import CONFIGURATION, RETRIED, Failure

MOST_FAILURES = 6
"""Attempts of one call that may fail; "too many requests" is not counted, it is bounded by time alone."""

FIRST_CONTACT_FAILURES = 3
"""An endpoint that has never answered, or never legibly, stops the work after so many attempts of one call."""

MOST_BAD_REQUESTS = 5
"""So many requests refused as bad, and none answered, stop the work."""

LONGEST_SILENCE_S = 60.0
"""After its first answer an endpoint may be unreachable for so long before the work stops."""


@dataclass
class Experience:
    """What is known of one model from the calls so far."""

    refuses_schema: bool = False
    has_answered: bool = False
    bad_requests: int = 0


@dataclass(frozen=True)
class Retries:
    """Decides on the failures of one model: `name` is what the user calls it, `model` what the provider does."""

    name: str
    model: str
    endpoint: Endpoint
    experience: Experience
    is_own_application: bool = False
    """Whether the answers come in the user's own form: what cannot be read of them is told by the failure itself."""

    async def may_retry(self, failure: Failure, failures: int, deadline: float) -> bool:
        """Wait as long as is fitting and say yes, or say no.

        Args:
            failure: How the last attempt ended.
            failures: Attempts of this call that failed, without those turned away as too many.
            deadline: When the call's time ends, on the monotonic clock.

        Raises:
            ModelError: the setting is wrong, or nobody answers: every other call would fail alike.
        """
        if failure.kind in CONFIGURATION:
            raise ModelError(self._explain(failure))
        if failure.kind not in RETRIED:
            return False
        self._stop_if_unreachable(failure, failures)
        if failure.retry_after_s is not None and failure.retry_after_s > self.endpoint.config.total_timeout_s:
            raise ModelError(
                f"`{self.name}`: the provider asks to wait {failure.retry_after_s:.0f} s "
                f"({self.endpoint.clean(failure.message)}); run the same command then: answers so far are kept"
            )
        if failure.kind == "garbage" and not self.experience.has_answered and failures >= FIRST_CONTACT_FAILURES:
            raise ModelError(self._explain(failure))
        # Where nobody answers no call fails by itself: the endpoint comes back, or the work stops.
        is_given_up = failures >= MOST_FAILURES and not _is_unreachable(failure)
        if is_given_up or time.monotonic() >= deadline:
            return False
        if failure.retry_after_s is None:
            pause = self.endpoint.gate.backoff_s(max(0, min(failures, MOST_FAILURES) - 1))
            await asyncio.sleep(min(pause, max(0.0, deadline - time.monotonic())))
        return True

    def _stop_if_unreachable(self, failure: Failure, failures: int) -> None:
        health = self.endpoint.health
        if not _is_unreachable(failure):
            return
        now = time.monotonic()
        health.unreachable_since = health.unreachable_since or now
        is_first_contact = health.answers == 0 and failures >= FIRST_CONTACT_FAILURES
        if is_first_contact or now - health.unreachable_since > LONGEST_SILENCE_S:
            raise ModelError(
                f"`{self.name}`: nothing answers at {self.endpoint.place} ({self.endpoint.clean(failure.message)}); "
                f"start the server or correct `url:`, then run the same command: answers so far are kept"
            )

    def stop_if_all_are_refused(self, failure: Failure) -> None:
        """Stop the work where a parameter that the provider does not take fails every request alike."""
        if failure.kind != "bad_request" or self.experience.has_answered:
            return
        self.experience.bad_requests += 1
        if self.experience.bad_requests >= MOST_BAD_REQUESTS:
            raise ModelError(
                f"`{self.name}`: every request so far was refused ({failure.status}: "
                f"{self.endpoint.clean(failure.message)}); correct its `parameters:`"
            )

    def _explain(self, failure: Failure) -> str:
        """One line that says what is wrong with the setting, and the way out."""
        said = self.endpoint.clean(failure.message)
        where = f"`{self.name}` at {self.endpoint.place}"
        variable = self.endpoint.config.key
        if failure.kind == "key":
            out = (
                f"correct the key in `{variable}`"
                if variable
                else "name the key's variable under `endpoints:` as `key:`"
            )
            return f"{where}: the key was refused ({failure.status}: {said}); {out}"
        if failure.kind == "quota":
            return f"{where}: no credit left ({said}); top the account up, then run the same command: answers are kept"
        if failure.kind == "unknown_model":
            return f"{where}: no model `{self.model}` there ({failure.status}: {said}); correct its name or the `url:`"
        if self.is_own_application:
            return f"{where}: {said}"
        return (
            f"{where}: its answers cannot be read ({said}); is `url:` right, and `kind:` {self.endpoint.config.kind}?"
        )


def _is_unreachable(failure: Failure) -> bool:
    return failure.kind == "transport" and not failure.may_be_billed
