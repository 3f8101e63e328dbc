"""Personal data in a prompt, found by local rules before any model sees it: addresses, numbers, keys."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """One piece of personal data: its kind and where it stands."""

    kind: str
    start: int
    end: int


def _luhn(text: str) -> bool:
    """The check digit of payment cards (Luhn, 1954; ISO/IEC 7812-1)."""
    digits = [int(letter) for letter in text if letter.isdigit()]
    if not 13 <= len(digits) <= 19:
        return False
    doubled = [digit if at % 2 == 0 else digit * 2 - 9 * (digit > 4) for at, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _iban(text: str) -> bool:
    """The check digits of an international bank account number (ISO 13616, mod 97)."""
    plain = text.replace(" ", "").upper()
    moved = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


def _always(_: str) -> bool:
    return True


_RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("e-mail address", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+"), _always),
    ("secret key", re.compile(r"\b(?:sk|pk|ghp|gho|xox[abp]|AKIA)[-_]?[A-Za-z0-9_-]{16,}"), _always),
    ("bank account", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"), _iban),
    ("payment card", re.compile(r"(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])"), _luhn),
    ("resident number", re.compile(r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[1-8]\d{6}(?!\d)"), _always),
    (
        "social security number",
        re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])"),
        _always,
    ),
    (
        "telephone number",
        re.compile(
            r"(?<![\d.-])(?:\+\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}"
            r"|0\d{1,2}-\d{3,4}-\d{4}|\(\d{3}\) ?\d{3}-\d{4})(?![\d-])"
        ),
        _always,
    ),
)


def find_personal_data(text: str) -> list[Found]:
    """Return what rules can tell of personal data in `text`, in order, none overlapping.

    Numbers with check digits must satisfy them. Names of people are not looked for: no rule tells them well enough.
    """
    found: list[Found] = []
    for kind, pattern, is_genuine in _RULES:
        for match in pattern.finditer(text):
            clashes = any(match.start() < other.end and other.start < match.end() for other in found)
            if not clashes and is_genuine(match.group(0)):
                found.append(Found(kind, match.start(), match.end()))
    return sorted(found, key=lambda piece: piece.start)


def mask_personal_data(text: str) -> str:
    """Return `text` with each piece of personal data replaced by its kind in brackets."""
    for piece in reversed(find_personal_data(text)):
        text = f"{text[: piece.start]}[{piece.kind}]{text[piece.end :]}"
    return text
