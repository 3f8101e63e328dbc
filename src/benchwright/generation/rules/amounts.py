"""Read a table cell or a value as one exact amount: number, sign, decimals and unit, or hold back."""

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CURRENCY = r"US\$|[€$£¥₩]|EUR|USD|GBP|CHF|NOK|SEK|DKK|JPY|KRW|CNY|CAD|AUD|INR|PLN"
_AMOUNT = re.compile(
    rf"(?P<prefix>(?:{_CURRENCY})\s?)?(?P<sign>[+\-−]?)(?P<number>{_NUMBER})"
    r"(?P<suffix>\s?[^\W\d_%°℃$€£₩㎡㎥][^\d<>=~≥≤±*†‡]{0,22}|\s?[%‰°℃$€£₩㎡㎥][^\d<>=~≥≤±*†‡]{0,12})?"
)
_SCALE = re.compile(r"[만억조천백십]|thousand|million|billion|trillion|[kmb]n?\b", re.IGNORECASE)
_SUPERSCRIPTS = tuple("¹²³⁰⁴⁵⁶⁷⁸⁹ªº")
# A bound or an estimate is not an amount: "25℃ 이하", "30 days max.", "약 20명".
_VAGUE = re.compile(
    r"이상|이하|미만|초과|내외|전후|정도|이내|가량|부터|까지|약|최대|최소|or more|or less|over|under|max|min\."
    r"|about|approx"
    r"|plus|\band\b|\bor\b|\bto\b|each|[,;:&?!|]",
    re.IGNORECASE,
)
BLANK = re.compile(
    r"[\s\-–—−./\\·…?]*|n\.?\s?/?\s?a\.?|none|tbd|tba|nil|unknown|해당\s?없음|없음|미정|미상|추후.*|불명", re.IGNORECASE
)
"""A cell that states no value."""


@dataclass(frozen=True)
class Amount:
    """One exact amount as it is written: `€` 14.50, 1,200 `kg`, -5.6 `%`."""

    value: Decimal
    prefix: str
    suffix: str
    text: str

    @property
    def unit(self) -> str:
        """The unit as written, whichever side it stands on; empty for a bare number."""
        return (self.prefix or self.suffix).strip()

    @property
    def decimals(self) -> int:
        """Digits after the decimal point."""
        exponent = self.value.as_tuple().exponent
        return -exponent if isinstance(exponent, int) and exponent < 0 else 0

    @property
    def is_grouped(self) -> bool:
        """Whether thousands are separated, or could not be."""
        return "," in self.text or abs(self.value) < 1000

    @property
    def has_sign(self) -> bool:
        """Whether a plus sign is written: a change rather than a level."""
        return "+" in self.text


def read_amount(text: str) -> Amount | None:
    """Return the amount that `text` states as a whole; `None` for ranges, bounds, footnotes, codes and the rest."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    number, suffix = match["number"], match["suffix"] or ""
    if (
        re.match(r"0\d", number)
        or _VAGUE.search(suffix)
        or suffix.strip()[:1] in _SUPERSCRIPTS
        or len(suffix.split()) > 2
    ):
        return None
    if match["prefix"] and suffix.strip():
        return None
    sign = -1 if match["sign"] in ("-", "−") else 1
    return Amount(Decimal(number.replace(",", "")) * sign, match["prefix"] or "", suffix, text.strip())


def write_amount(value: Decimal, like: Amount, *, decimals: int, is_grouped: bool) -> str:
    """Write `value` in the manner of `like`: same unit on the same side, thousands separated as there."""
    number = f"{abs(value):,.{decimals}f}" if is_grouped else f"{abs(value):.{decimals}f}"
    sign = "-" if value < 0 else ""
    return f"{like.prefix}{sign}{number}{like.suffix}"


def number_forms(amount: str, *, needs_unit: bool = False) -> tuple[str, ...]:
    """Other ways to write the amount `amount` that are as right: without separators, and without a unit that is known.

    With `needs_unit` the unit stays: the question does not state it. `만`, `million` and the like always stay.
    """
    read = read_amount(amount)
    if read is None:
        return ()
    forms = [amount.replace(",", "")]
    if not needs_unit and not _SCALE.match(read.suffix.strip()):
        bare = amount.replace(read.prefix, "", 1) if read.prefix else amount
        bare = bare.removesuffix(read.suffix).strip() if read.suffix else bare
        forms += [bare, bare.replace(",", "")]
    return tuple(form for form in dict.fromkeys(forms) if form and form != amount)
