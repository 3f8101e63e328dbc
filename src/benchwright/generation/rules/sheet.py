"""A table as a person reads it: row labels, typed columns, units, totals; or the reason to leave it alone."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

from benchwright.generation.rules.amounts import BLANK, Amount, read_amount
from benchwright.records import Cell, Document, Table

_TOTAL = re.compile(
    r"(?:.*\b)?(?:sub-?\s?)?totals?\b.*|all|overall|sum|altogether|averages?|mean|median|.*\bcombined\b.*|group"
    r"|world|consolidated"
    r"|(?:총|합|소|누)\s?계.*|.*(?:합계|총계|소계)|계|전\s?체|총합.*|평\s?균.*|전국",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*(?:of which|thereof|including|incl\.|└|ㄴ|[-–·•>]\s|\(?\s?그\s?중|이\s?중)", re.IGNORECASE)
_INDEX = re.compile(r"#|index|idx|no\.?|nr\.?|s\.?/?no\.?|item no\.?|번호|순번|연번|no", re.IGNORECASE)
_UNIT_HEADER = re.compile(r"units?|uom|unit of measure(?:ment)?|단위", re.IGNORECASE)
_IDENTIFIER = re.compile(
    r"\b(?:no|nr|id|ids|code|number|phone|tel|fax|ext|extension|zip|postcode|postal|version|port|pages?|rank"
    r"|ranking|position|sku"
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
    r"|수(?:\([^)]*\))?$|\((?:가구|곳|마리|세대|표|호|명)\)$",
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
_MIXED_ACCOUNTS = re.compile(
    r"\b(?:net|gross|profit|loss|ebitda?|margin|assets|liabilities|equity|cash flow|revenue|turnover|expenses?"
    r"|balance|tax)\b"
    r"|이익|손실|순이익|자산|부채|자본|매출액|매출원가|법인세|현금흐름|잔액",
    re.IGNORECASE,
)
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
_IDENTIFIER_WORD = re.compile(r"[a-z]\w*")
_CONSTANT = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)+")
_LONGEST_HEADER = 4
"""Words that a header may have and end as a sentence does: more of them are a row of data."""
_MOSTLY = 0.8
_MOST_NUMBERED = 30
"""Rows that may be called by a bare number: more of them are measurements, not things."""
_FOOTNOTE = re.compile(r"[*†‡§]|(?<![A-Za-z㎡])[¹²³⁴-⁹]|\[\w{1,2}\]|(?<=\S)\s?\d\)$|\^")
_MARKUP = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|ico)\b|\]\s?[(\[]|<[^>]+>|https?://|`|\*\*|__|\\|�|^[◦•▪■□○●ㅇ·]\s?|\(gh\b"
)


def clean_span(text: str, start: int) -> tuple[str, int, int]:
    """Return `text` without the emphasis marks and spaces around it, and its span when `text` begins at `start`."""
    left, right = 0, len(text)
    while True:
        while left < right and text[left] in " \t":
            left += 1
        while right > left and text[right - 1] in " \t":
            right -= 1
        mark = next((mark for mark in ("**", "__", "`", "*", "_") if _is_wrapped(text[left:right], mark)), "")
        if not mark:
            return text[left:right], start + left, start + right
        left, right = left + len(mark), right - len(mark)


def _is_wrapped(text: str, mark: str) -> bool:
    """Whether one pair of `mark` stands around all of `text`, and none inside it."""
    size = len(mark)
    inside = text[size:-size]
    return len(text) > 2 * size and text.startswith(mark) and text.endswith(mark) and mark not in inside


@dataclass(frozen=True)
class Entry:
    """One cell without emphasis marks: its text, its exact span, and the amount it states, if it states one."""

    text: str
    start: int
    end: int
    is_code: bool = False
    """Set as code (`2000`): a sign, not a quantity."""

    @classmethod
    def of(cls, cell: Cell) -> "Entry":
        """Read `cell`."""
        return cls(*clean_span(cell.text, cell.start), is_code=cell.text.strip(" *_").startswith("`"))

    @cached_property
    def amount(self) -> Amount | None:
        """The amount, or `None`."""
        return read_amount(self.text)

    @property
    def is_blank(self) -> bool:
        """Whether the cell states no value."""
        return BLANK.fullmatch(self.text) is not None

    @property
    def is_plain(self) -> bool:
        """Free of links, tags and footnote marks, on one line."""
        return not (_MARKUP.search(self.text) or _FOOTNOTE.search(self.text) or "\n" in self.text)


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
        is_power = all(0 <= label <= _MOST_NUMBERED and value == 2 ** int(label) for value, label in pairs)
        return is_power or len({value - label for value, label in pairs}) == 1

    @property
    def is_monotone(self) -> bool:
        """Whether the amounts only rise or only fall from row to row."""
        values = [amount.value for amount in self.amounts]
        return bool(values) and (all(a <= b for a, b in pairwise(values)) or all(a >= b for a, b in pairwise(values)))

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
        return _GENERIC_LABEL.fullmatch(self.label_header) is None

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


@dataclass(frozen=True)
class _Place:
    """A table known by its document and its place there: hashing all its cells would take longer than reading it."""

    document_id: str
    start: int
    table: Table = field(compare=False)


def read_sheet(document: Document, table: Table) -> Sheet | None:
    """Return `table` as a sheet, or `None` where its rows or columns cannot be named without doubt."""
    return _read_once(_Place(document.id, table.start, table))


@lru_cache(maxsize=512)
def _read_once(place: _Place) -> Sheet | None:
    table = place.table
    header = [cell for cell in table.cells if cell.row == -1]
    rows = table.rows
    if len(header) < 2 or len(rows) < 2 or any(len(row) != len(header) for row in rows):
        return None
    names = [Entry.of(cell) for cell in sorted(header, key=lambda cell: cell.column)]
    grid = [[Entry.of(cell) for cell in sorted(row, key=lambda cell: cell.column)] for row in rows]
    label_column = _label_column(names, grid)
    if label_column is None:
        return None
    if _has_no_header(names, grid):
        return None
    body, has_total, is_nested = _without_totals(grid, label_column)
    labels = [row[label_column] for row in body]
    if len(body) < 2 or not _can_name(labels):
        return None
    unit_column = next(
        (i for i, name in enumerate(names) if i != label_column and _UNIT_HEADER.fullmatch(name.text)), None
    )
    repeated = Counter(name.text.casefold() for name in names)
    columns = [
        Column(name, tuple(row[i] for row in body))
        for i, name in enumerate(names)
        if i not in (label_column, unit_column)
        and name.text
        and name.is_plain
        and repeated[name.text.casefold()] == 1
        and len(name.text) <= 60
        and not (name.text.endswith(("?", ".")) and len(name.text.split()) > _LONGEST_HEADER)
        and not _INDEX.fullmatch(name.text)
    ]
    units = tuple(row[unit_column].text for row in body) if unit_column is not None else ()
    return Sheet(table, names[label_column].text, tuple(labels), tuple(columns), units, has_total, is_nested)


def _has_no_header(names: Sequence[Entry], grid: Sequence[Sequence[Entry]]) -> bool:
    """Whether the first row is a row like the others: what it says stands again below, in its own column."""
    texts = [name.text.casefold() for name in names]
    if any(_is_bare_number(name) for name in names) or _is_gallery(names, grid) or _is_form(names, grid):
        return True
    if len(names[1].text.split()) >= _LONGEST_HEADER and all(
        _IDENTIFIER_WORD.fullmatch(text) for text in (names[0].text, *(row[0].text for row in grid))
    ):
        return True  # `n`, `Number of entries`, above `key`, `List of keys`: a list of parameters begins at once
    told = [text for text in texts if text]
    if len(told) > 1 and told == list("abcdefghijklmnopqrstuvwxyz"[: len(told)]):
        return True  # the letters of a spreadsheet's columns: a picture of one
    if names[0].text.endswith(":") and all(row[0].text.endswith(":") for row in grid):
        return True  # a form: what stands above the colons is one of its lines
    if all(_CONSTANT.fullmatch(text) for text in (names[0].text, *(row[0].text for row in grid))):
        return True  # `INT_UP` above `INT_DOWN`: a list of names that begins at once
    return any(
        text and not name.is_blank and any(row[i].text.casefold() == text for row in grid)
        for i, (name, text) in enumerate(zip(names, texts, strict=True))
    )


def _is_form(names: Sequence[Entry], grid: Sequence[Sequence[Entry]]) -> bool:
    """Whether what heads the second of two columns is a measurement as they are: `80 Watts` above `18 Volts`."""
    first = names[1].amount
    measured = [row[1] for row in grid if row[1].amount is not None and row[1].amount.unit]
    return len(names) == 2 and first is not None and bool(first.unit) and 2 * len(measured) >= len(grid)


def _is_gallery(names: Sequence[Entry], grid: Sequence[Sequence[Entry]]) -> bool:
    """Whether the cells are things set out in rows until they ran out: the last row ends early, no other cell is bare.

    The first row of such a table is no header.
    """
    *full, last = (names, *grid)
    if not last[-1].is_blank or last[0].is_blank or any(cell.is_blank for row in full for cell in row):
        return False
    cells = [cell for row in (*full, last) for cell in row]
    return all(cell.amount is None and len(cell.text.split()) <= _LONGEST_HEADER for cell in cells)


def _is_bare_number(name: Entry) -> bool:
    """Whether a header is a number and no year: a row of data, not of headers."""
    if re.fullmatch(r"\d{1,3}[.)]", name.text):
        return True
    amount = name.amount
    return amount is not None and not amount.unit and not ("," not in amount.text and 1000 <= amount.value <= 2200)


def _label_column(names: Sequence[Entry], grid: Sequence[Sequence[Entry]]) -> int | None:
    """The first column whose cells name their rows; a leading running number is passed over."""
    for index in (0, 1):
        if index >= len(names) - 1:
            return None
        if not _is_running(names[index], [row[index] for row in grid], beside_name=grid[0][1].amount is None):
            return index if _are_labels(names[index], [row[index] for row in grid]) else None
    return None


def _is_running(name: Entry, cells: Sequence[Entry], *, beside_name: bool) -> bool:
    """Whether the column only numbers its rows: nobody would call a row by that."""
    if _INDEX.fullmatch(name.text):
        return True
    is_unnamed = not name.text or name.text.casefold() in ("rownames", "row", "unnamed: 0", "x")
    if is_unnamed and all(cell.text.isdigit() for cell in cells):
        return True
    return beside_name and [cell.text for cell in cells] == [str(n) for n in range(1, len(cells) + 1)]


def _are_labels(name: Entry, cells: Sequence[Entry]) -> bool:
    """Numbers call a row only where they are whole, few, and have a header; years may be many."""
    read = [cell.amount for cell in cells if cell.amount is not None]
    if len(read) < _MOSTLY * len(cells):
        return True
    if not name.text or any(amount.decimals or amount.value < 0 for amount in read):
        return False
    are_years = all(1500 <= amount.value <= 2150 and "," not in amount.text for amount in read)
    return are_years or len(read) <= _MOST_NUMBERED


def _can_name(labels: Sequence[Entry]) -> bool:
    texts = [" ".join(label.text.casefold().split()) for label in labels]
    return len(set(texts)) == len(texts) and all(texts) and not any(label.is_blank for label in labels)


def _without_totals(grid: list[list[Entry]], label_column: int) -> tuple[list[list[Entry]], bool, bool]:
    """Take total rows out, found by name or by arithmetic; say whether there were any and whether rows nest."""
    named = [i for i, row in enumerate(grid) if _TOTAL.fullmatch(row[label_column].text)]
    is_nested = any(0 < i < len(grid) - 1 for i in named) or any(_PART.match(row[label_column].text) for row in grid)
    body = [row for i, row in enumerate(grid) if i not in named]
    added = _added_up(body, label_column)
    if added is not None:
        body = body[:added] + body[added + 1 :]
    return body, bool(named) or added is not None, is_nested


def _added_up(grid: list[list[Entry]], label_column: int) -> int | None:
    """The first or last row if, in every column of numbers, it is the sum of the others."""
    if len(grid) < 3:
        return None
    for candidate in (len(grid) - 1, 0):
        proofs = 0
        for column in range(len(grid[0])):
            if column == label_column:
                continue
            amounts = [row[column].amount for row in grid]
            if any(amount is None for amount in amounts):
                continue
            values = [amount.value for amount in amounts if amount is not None]
            rest = sum(values, Decimal(0)) - values[candidate]
            if values[candidate] and rest == values[candidate]:
                proofs += 1
        if proofs:
            return candidate
    return None
