"""What a prompt must pass before any model sees it: its form, the rule for personal data, the moderation service."""

from dataclasses import dataclass

from benchwright.arena.errors import Invalid, TooLarge
from benchwright.arena.moderation import Moderation
from benchwright.arena.personal_data import find_personal_data, mask_personal_data
from benchwright.arena.settings import ArenaSettings


@dataclass(frozen=True)
class PromptChecks:
    """The checks that the owner has chosen."""

    settings: ArenaSettings
    moderation: Moderation | None = None

    async def accepted(self, prompt: str) -> tuple[str, str]:
        """The prompt as models may see it, and what it is flagged for; raises where it is not accepted."""
        self._check_form(prompt)
        prompt, flag = self._without_personal_data(prompt)
        if self.moderation is not None and (objections := await self.moderation.objections(prompt)):
            raise Invalid(
                f"the moderation service objects to this prompt ({(kinds := ', '.join(objections))})",
                "objected",
                kinds=kinds,
            )
        return prompt, flag

    def _without_personal_data(self, prompt: str) -> tuple[str, str]:
        rule = self.settings.personal_data
        found = [] if rule == "off" else sorted({piece.kind for piece in find_personal_data(prompt)})
        if not found:
            return prompt, ""
        if rule == "refuse":
            raise Invalid(
                f"the prompt holds personal data ({', '.join(found)}); take it out and send again",
                "personal_data",
                kinds=", ".join(found),
            )
        flag = f"personal data: {', '.join(found)}"
        return (mask_personal_data(prompt), f"{flag} (masked)") if rule == "mask" else (prompt, flag)

    def _check_form(self, prompt: str) -> None:
        if not prompt.strip():
            raise Invalid("the prompt is empty; type one or take a suggestion", "prompt_empty")
        if len(prompt) > self.settings.longest_prompt:
            length, most = f"{len(prompt):,}", f"{self.settings.longest_prompt:,}"
            raise TooLarge(
                f"the prompt has {length} characters; {most} is the most", "prompt_long", length=length, most=most
            )
        if "\0" in prompt:
            raise Invalid("the prompt holds a zero character, which cannot be kept")
