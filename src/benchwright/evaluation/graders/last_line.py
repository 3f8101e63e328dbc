"""The answer that stands in a last line of its own, after the working: `… 7 * 8 = 56.`, then `Answer: 56`."""

import re

_ANSWER = re.compile(
    r"[\s*_#>`-]*(?:(?:my |the )?(?:final |correct |right )?answer|(?:최종\s?)?(?:정답|답변?))[*_`]*\s*[:：]"
    r"[*_`]*\s*(?P<answer>\S.*)",
    re.IGNORECASE,
)


def last_line(text: str) -> str | None:
    """Return what the last line states as the answer where working stands before it; else `None`."""
    lines = [line for line in text.splitlines() if line.strip(" *_`")]
    if len(lines) < 2 or (found := _ANSWER.fullmatch(lines[-1])) is None:
        return None
    return found["answer"].strip(" *_`")
