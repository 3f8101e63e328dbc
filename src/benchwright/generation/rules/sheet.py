"""A table as a person reads it: row labels, typed columns, units; which rows may be compared or added up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from benchwright.generation.rules.amounts import Amount
from benchwright.generation.rules.entry import Entry
from benchwright.records import Table

_IDENTIFIER = re.compile(
    r"\b(?:no|nr|id|ids|code|number|phone|tel|fax|ext|extension|zip|postcode|postal|version|port|pages?|rank"
    r"|ranking|position|sku|clause|section|article|paragraph|ref|reference"
    r"|serial|room|isbn|ean|model|line|level|priority|order|grade|class|lat|lon|latitude|longitude)\b\.?"
    r"|\bindex\b|#|번호|코드|순위|순서|순번|단계|위치|일자|날짜|전화|내선|우편|버전|쪽|페이지|모델|등급|층|호실|연락처|팩스|위도|경도|차수|회차",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:year|opened|founded|since|established|built|launched)\b|연도|년도|설립|개관|개점|창립|준공", re.IGNORECASE
)
_COUNT = re.compile(
    r"\b(?:number of|count|quantity|qty|headcount|employees|staff|orders|units|persons|people|visitors|members"
    r"|participants|stores)\b"
    r"|수량|인원|건수|개수|일수|횟수|정원|명수|대수|\(명\)|\(개\)|\(대\)|\(권\)|\(건\)|\(회\)"
    r"|수(?:\([^)]*\))?$|\((?:[십백천만억]+\s?)?(?:가구|곳|마리|세대|표|호|명|개|대|권|건|회)\)$",
    re.IGNORECASE,
)
_NOT_ADDITIVE = re.compile(
    r"%|\b(?:rates?|ratio|share|percent(?:age)?|per|average|avg|mean|median|prices?|costs? per"
    r"|temp(?:erature)?s?|width|height|length"
    r"|depth|thickness|diameter|speed|resistance|score|points?|index|age|density|limits?|maximum|minimum|max"
    r"|min|low|high|margin"
    r"|duration|time|transit|warranty|notice|fees?|charge|tariff|rent|growth|change|frequency|pressure|voltage"
    r"|ph|latency|rating"
    r"|efficiency|yield|noise|capacity|hardness|gpa|elo|power|flow|output|current)\b"
    r"|단가|가격|요금|[율률]|비율|평균|온도|소음|점수|지수|높이|너비|폭|길이|두께|지름|직경|나이|연령|농도|속도"
    r"|밀도|한도|최대|최소|기간|시간"
    r"|증감|성장|배송비|수수료|숙박비|일비|경조금|보증금|임대료|수강료|참가비|입장료|정가|시급|전압|압력|수명"
    r"|정격|효율|수당|위약금|할인|철거비|등록비|설치비|공급|비중|평점|만족도|하한|상한|전력|풍량|유량|출력|소비량",
    re.IGNORECASE,
)
_ADDITIVE = re.compile(
    r"\b(?:sales|revenues?|turnover|budget|planned|spent|actual|forecast|costs?|expenses|expenditure|investment"
    r"|production|produced"
    r"|quantity|weight|area|volume|energy|electricity|gas|water|waste|hours|imports?|exports?|population"
    r"|offers?|amount|invoiced|paid)\b"
    r"|\((?:t|kg|g|km|m²|m³|m2|㎡|ha|l|kWh|MWh|GWh|tonnes|pieces|pcs|units|people|persons)\)"
    r"|매출|예산|집행|지출|수입|판매|생산|물량|입고|출고|면적|장서|이용자|방문|인원|건수|투자|실적|비용|수출"
    r"|사용량|배출량|발생량|모집|신청"
    r"|[만천]?\s?(?:명|건|대|권|회|개|톤|상자|마리|그루|가구|세대|곳|개소|벌|병|포기|편)\)$",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"(?:\w+ ){0,2}\w+[^\Wsui]s(?: (?:for|of|in|per|by|sold|lost|made|included|held) ?\w*)?",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"%|‰|[µmckMGT]?(?:m|g|L|l|W|Wh|V|A|Hz|Pa|bar|mol|U|J|N|s|B|bit)(?:[²³23]|/\w+)?|°C|℃|㎡|㎥|t|ha|h|min|dpi"
    r"|dB|ppm|rpm|px|tonnes?"
    r"|days?|weeks?|months?|years?|hours?|minutes?|(?:(?:thousand|million|billion|[천백십]*만|억|천|백만)\s?)?"
    r"(?:EUR|USD|GBP|KRW|NOK|CHF|JPY|원|달러|유로|명|건|대|개|권|톤|회|€|\$|£)|일|개월|년|시간|분|초|점",
)
_LEFT_OVER = re.compile(
    r"(?:all )?others?\b|misc|rest\b|remaining|unknown|기타|그\s?밖|그\s?외|나머지|미상", re.IGNORECASE
)
_PRICES = re.compile(
    r"\b(?:prices?|rates?|fees?|tariffs?|charges?|fares?|rents?)\b|가격|단가|요금|수수료|운임",
    re.IGNORECASE,
)
_GENERIC_LABEL = re.compile(
    r"|aspects?|criteri(?:on|a)|specifications?|settings?|options?|topics?|questions?|characteristics?"
    r"|dimensions?|facts?|비교|indicators?|items?|metrics?|propert(?:y|ies)|measures?|parameters?|kpis?"
    r"|line items?|descriptions?"
    r"|particulars|attributes?|features?"
    r"|figures?|positions?|variables?|statistics?|field|key|name|category|지표|항목|구분|내용|과목|계정"
    r"|계정과목|특성|속성|사양|내역|변수",
    re.IGNORECASE,
)
_LEAST_ACCOUNTS = 2
"""Revenue is above gross profit, and that above net income: no cell of a statement stands among the others."""
_MIXED_ACCOUNTS = re.compile(
    r"\b(?:net|gross|profit|loss|ebitda?|margin|assets|liabilities|equity|cash flow|revenue|turnover|expenses?"
    r"|balance|tax)\b"
    r"|이익|손실|순이익|자산|부채|자본|매출액|매출원가|법인세|현금흐름|잔액",
    re.IGNORECASE,
)
_NEARLY = 0.85
_ORDERED_WORDS = re.compile(
    r"\b(?:basic|starter|standard|plus|pro|premium|enterprise|ultimate|free|small|medium|large|mini|max|junior"
    r"|senior|bronze|silver|gold"
    r"|platinum|economy|business|first|second|third|low|high|critical|minor|major)\b|\d|^[A-Z](?![A-Za-z])"
    r"|사원|주임|대리|과장|차장|부장|이사|임원|인턴|초급|중급|고급|기본|일반|우대|베이직|프로|프리미엄|소형"
    r"|중형|대형|경차|특급|[일이삼사]급",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\d\s?[-–~]\s?\d|\b(?:under|over|up to|more than|less than|at least|below|above)\b.*\d|\d.*(?:\bto\b"
    r"|\bor (?:more|less)\b).*|\d+\+"
    r"|이상|이하|미만|초과",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\d{1,2}\s?월",
    re.IGNORECASE,
)
_MONEY = re.compile(r"원|달러|유로|엔|won|krw|eur|usd|gbp|chf|nok|€|\$|£|₩|yen|euro|dollar|pound", re.IGNORECASE)
MOST_NUMBERED = 30
"""Rows that may be called by a bare number: more of them are measurements, not things."""


@dataclass(frozen=True)
class Column:
    """One column below its header, totals left out; `entries` run along `Sheet.labels`."""

    header: Entry
    entries: tuple[Entry, ...]

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts of all rows; empty unless every row states one, all in one unit."""
        amounts = [entry.amount for entry in self.entries]
        read = tuple(amount for amount in amounts if amount is not None)
        units = {(amount.prefix, amount.suffix) for amount in read}
        return read if len(read) == len(self.entries) and len(units) == 1 else ()

    @cached_property
    def values(self) -> tuple[Decimal, ...]:
        """The numbers of `amounts`."""
        return tuple(amount.value for amount in self.amounts)

    @cached_property
    def decimals(self) -> int:
        """The most digits after the decimal point that an amount of the column has."""
        return max((amount.decimals for amount in self.amounts), default=0)

    @cached_property
    def is_grouped(self) -> bool:
        """Whether its amounts are written with separators between thousands."""
        return all(amount.is_grouped for amount in self.amounts)

    @property
    def is_identifier(self) -> bool:
        """Numbers that name something: part numbers, ranks, telephone numbers, versions, codes."""
        return _IDENTIFIER.search(self.header.text) is not None or all(entry.is_code for entry in self.entries)

    @property
    def is_years(self) -> bool:
        """Calendar years, not quantities."""
        if not self.amounts:
            return False
        looks = all(a.value == int(a.value) and 1800 <= a.value <= 2100 and "," not in a.text for a in self.amounts)
        return (looks and (not self.amounts[0].unit or self.amounts[0].unit == "년")) or bool(
            _YEARS.search(self.header.text)
        )

    @property
    def is_measure(self) -> bool:
        """Whether its numbers may be compared with each other."""
        return bool(self.amounts) and not self.is_identifier and not self.is_years

    def follows(self, labels: Sequence[Entry]) -> bool:
        """Whether the amounts follow from the labels: `3` and `103`, `8` and `108`; `8` and `256`, `9` and `512`."""
        named = [label.amount for label in labels]
        told = [amount.value for amount in named if amount is not None]
        if len(told) < len(named) or not self.amounts:
            return False
        pairs = list(zip(self.values, told, strict=True))
        is_power = all(0 <= label <= MOST_NUMBERED and value == 2 ** int(label) for value, label in pairs)
        return is_power or len({value - label for value, label in pairs}) == 1

    @property
    def is_monotone(self) -> bool:
        """Whether the amounts rise or fall from row to row, but for a setback: the first of them is the smallest."""
        pairs = list(combinations([amount.value for amount in self.amounts], 2))
        rising, falling = sum(a <= b for a, b in pairs), sum(a >= b for a, b in pairs)
        return bool(self.amounts) and max(rising, falling) >= _NEARLY * len(pairs)

    @property
    def counts(self) -> bool:
        """Whether the header says that things are counted."""
        return _COUNT.search(self.header.text) is not None


@dataclass(frozen=True)
class Sheet:
    """A table whose rows can be named: unique labels in one column, named columns beside it."""

    table: Table
    label_header: str
    labels: tuple[Entry, ...]
    columns: tuple[Column, ...]
    units: tuple[str, ...]
    """One unit a row where the table has a column of units, else empty."""
    has_total: bool
    is_nested: bool
    """Some rows are parts of others (`of which …`, subtotals): they must not be added or compared."""

    def is_comparable(self, column: Column) -> bool:
        """Whether the rows are things of one kind whose amounts in `column` may be set against each other."""
        entries = [*self.labels, column.header, *column.entries]
        if not column.is_measure or self.units or self.is_nested or not all(entry.is_plain for entry in entries):
            return False
        texts = [label.text for label in self.labels]
        if any(_MIXED_ACCOUNTS.search(text) or len(text) > 80 for text in texts):
            return False
        if any(re.search(r"\([^)]*\)$", text) or _RANGE.search(text) for text in texts):
            return False
        own_unit = column.amounts[0].unit or re.search(r"\([^)]+\)|%", column.header.text) or column.counts
        return bool(own_unit) or self.has_like_rows

    def is_additive(self, column: Column) -> bool:
        """Whether the amounts of `column` may be added up; call it for comparable columns."""
        header = column.header.text
        if _NOT_ADDITIVE.search(f"{header} {column.amounts[0].unit}") or _PRICES.search(self.table.title):
            return False
        if any(amount.has_sign or amount.value < 0 for amount in column.amounts):
            return False
        is_whole = all(amount.decimals == 0 for amount in column.amounts)
        adds_up = _ADDITIVE.search(header) or column.counts or (is_whole and _PLURAL.fullmatch(header))
        return bool(adds_up) and not (column.is_monotone and self.has_ordered_labels)

    @cached_property
    def has_like_rows(self) -> bool:
        """Whether the header over the rows speaks of things of one kind rather than of aspects of one thing."""
        accounts = sum(_MIXED_ACCOUNTS.search(label.text) is not None for label in self.labels)
        return _GENERIC_LABEL.fullmatch(self.label_header) is None and accounts < _LEAST_ACCOUNTS

    @cached_property
    def has_dated_rows(self) -> bool:
        """Whether days or months name the rows."""
        return all(_DATED.search(label.text) for label in self.labels)

    @cached_property
    def others(self) -> frozenset[int]:
        """The rows that gather what is left over: `Other`, `기타`."""
        return frozenset(i for i, label in enumerate(self.labels) if _LEFT_OVER.match(label.text))

    @cached_property
    def has_units_in_labels(self) -> bool:
        """Whether the rows state units of their own: `Depth (m)`, `Weight (kg)`."""
        return len({found[0] for label in self.labels if (found := re.search(r"\([^)]+\)$", label.text))}) > 1

    def row_unit(self, row: int, column: Column) -> str | None:
        """The unit that a column of units gives for a cell; empty for none, `None` where it cannot be told."""
        if not self.units or column.entries[row].amount is None:
            return ""
        amount = column.entries[row].amount
        if (amount and amount.unit) or re.search(r"\([^)]+\)|%", column.header.text):
            return ""
        return self.units[row] if _MEASURE.fullmatch(self.units[row].strip()) else None

    @cached_property
    def has_ordered_labels(self) -> bool:
        """Whether the row names themselves suggest an order: tiers, sizes, ranks, numbers."""
        return sum(bool(_ORDERED_WORDS.search(label.text)) for label in self.labels) >= 0.5 * len(self.labels)

    def unit_for(self, column: Column) -> str | None:
        """The table's own unit where it belongs to `column`; empty for none, `None` where that cannot be told."""
        stated = self.table.unit.strip()
        if not stated or any(entry.amount is None or entry.amount.unit for entry in column.entries):
            return ""
        if re.search(r"\([^)]+\)|%", column.header.text):
            return ""
        if (_MONEY.search(stated) and column.counts) or column.is_years or column.is_identifier:
            return None
        return stated
