"""Bytes → text in whatever common encoding they are, or the plain statement that they are no text."""

import codecs
import re
from dataclasses import dataclass, replace

from benchwright.errors import DocumentRefused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 100_000
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_SURE_UTF8 = 20
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_COMMON_KOREAN = frozenset(
    "이다는의에을를가고하은로한지사인기도서시정자대부과일수해원장전제리나구상보어있아조만그주것으공동여성선"
    "들라신개경게방적습니합회국관스업세문요비무소안위연데오면용행유"
)
_COMMON_CHINESE = frozenset(
    "的一是不了在人有我他这個们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "這們來為國說時會對著過發後裡經麼學現當沒動還進樣開從實與無業務價額產品數量月日名稱稱電話地址"
)
_COMMON_JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fc]")
_HANGUL = re.compile(r"[가-힣]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Half-width katakana is what Shift-JIS reads into bytes that are something else.
_SUSPECT = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff\u3400-\u4dbf\x80-\x9f]")
_EAST_ASIAN = ("cp949", "cp932", "euc_jp", "gb18030", "big5")
_SINGLE_BYTE = ["cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"]
_THAI = re.compile(r"[\u0e01-\u0e4e]")


@dataclass(frozen=True)
class Decoded:
    """Text with the encoding it was in; line breaks are `\\n`. `note` says what a person should look at."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes, *, declared: str = "") -> Decoded:
    """Return the text of `data`, trying its byte-order mark, `declared`, UTF-8, UTF-16 and the common old encodings.

    Raises `DocumentRefused` for bytes that are no text. U+FFFD is never put in: a byte that cannot be read in the
    encoding that fits best is a refusal.
    """
    found = _decoded(data, declared)
    text = found.text
    if len(_CONTROLS.findall(text[:_SAMPLE_BYTES])) > max(2, 0.01 * min(len(text), _SAMPLE_BYTES)):
        raise DocumentRefused("binary: the bytes are no text and no known document format")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        text = text.replace("\x00", "")
    return replace(found, text=text)


def _decoded(data: bytes, declared: str) -> Decoded:
    encoding = _plain_encoding(data, declared)
    if not encoding:
        mixed = _mixed(data)
        if mixed is not None:
            return mixed
        encoding = _old_encoding(data)
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise DocumentRefused(
            f"corrupted: looks like {encoding} text, but byte {error.start} cannot be read as that"
        ) from error


def _plain_encoding(data: bytes, declared: str) -> str:
    """The encoding that the bytes themselves or their sender state, or nothing."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if _is_utf8(data):
        return "utf-8"
    wide = _wide(data)
    if wide:
        return wide
    sample = data[:_SAMPLE_BYTES]
    if b"\x00" in sample:
        raise DocumentRefused("binary: the bytes are no text and no known document format")
    return declared if declared and _decodes(data, declared) else ""


def _old_encoding(data: bytes) -> str:
    sample = data[:_SAMPLE_BYTES]
    found = _east_asian(sample)
    if not found:
        _refuse_damaged_utf8(data)
        found = _single_byte(sample)
    return found


def _mixed(data: bytes) -> Decoded | None:
    """Lines of UTF-8 among lines of one older encoding, as two programs leave them in one file; else nothing."""
    lines = data.splitlines(keepends=True)
    texts = [_as_utf8(line) for line in lines]
    strange = b"".join(line for line, text in zip(lines, texts, strict=True) if text is None)
    sure = sum(0 if text is None or text.isascii() else len(_FOREIGN.findall(text)) for text in texts)
    # A short line of an old encoding may be UTF-8 by chance; and what is mostly UTF-8 in each line is damaged.
    if sure < max(_SURE_UTF8, 0.05 * len(strange)) or _is_damaged_utf8(strange):
        return None
    sample = strange[:_SAMPLE_BYTES]
    try:
        encoding = _east_asian(sample) or _letters_shared(sample, texts) or _single_byte(sample)
        read = [line.decode(encoding) if text is None else text for line, text in zip(lines, texts, strict=True)]
    except (DocumentRefused, UnicodeDecodeError):
        return None
    odd = sum(text is None for text in texts)
    note = f"two encodings are mixed: {odd} of {len(lines)} lines were read as {encoding}, the others as UTF-8"
    return Decoded("".join(read), f"utf-8 and {encoding}", note)


def _letters_shared(sample: bytes, texts: list[str | None]) -> str:
    """The single-byte encoding in which a few lines show most of the letters that the other lines have."""
    known = {letter for text in texts if text for letter in _FOREIGN.findall(text)}
    shares = {
        encoding: sum(letter in known for letter in _FOREIGN.findall(sample.decode(encoding)))
        for encoding in _SINGLE_BYTE
        if _decodes(sample, encoding)
    }
    best = max(shares, key=lambda encoding: shares[encoding], default="")
    # Half of them: some sign is in every encoding.
    return best if best and shares[best] > 0.5 * len(_FOREIGN.findall(sample.decode(best))) else ""


def _as_utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether bytes are mostly UTF-8, but not all; old encodings hardly ever look like it."""
    text = data[:_SAMPLE_BYTES].decode("utf-8", "replace")
    wrong, foreign = text.count("\ufffd"), len(_FOREIGN.findall(text))
    return 0 < wrong <= 0.25 * foreign


def _refuse_damaged_utf8(data: bytes) -> None:
    """Say where a UTF-8 text is damaged, where it is mostly that."""
    if not _is_damaged_utf8(data):
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentRefused(
            f"corrupted: UTF-8 text with bytes that are none (the first at {error.start:,}); "
            "two encodings may be mixed in it; save it as UTF-8"
        ) from error


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # UTF-16 without a mark is valid UTF-8 where it is ASCII: every other byte is then zero.
    return data[:_SAMPLE_BYTES].count(0) < 0.05 * min(len(data), _SAMPLE_BYTES)


def _wide(data: bytes) -> str:
    sample = data[: _SAMPLE_BYTES // 2 * 2]
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    for encoding, zeros in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[0::2].count(0))):
        if zeros > 0.2 * half and _decodes(data, encoding):
            return encoding
    return ""


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _east_asian(sample: bytes) -> str:
    """The multi-byte encoding in which the sample reads like Korean, Japanese or Chinese, or nothing."""
    best, best_score = "", 0.0
    for encoding in _EAST_ASIAN:
        text = _decode_start(sample, encoding)
        score = _plausibility(text) if text else 0.0
        if score > best_score:
            best, best_score = encoding, score
    return best if best_score >= 0.3 else ""


def _decode_start(sample: bytes, encoding: str) -> str:
    """Decode all of a sample but a character that its end cuts in two; nothing where a byte does not fit."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=len(sample) < _SAMPLE_BYTES)
    except UnicodeDecodeError:
        return ""


def is_misread_utf16(text: str) -> bool:
    """Say whether `text` is Chinese, Japanese or Korean of two bytes a character that was read byte by byte."""
    raw = text[:_SAMPLE_BYTES].encode("cp1252", "ignore")
    for start in (0, 1):
        read = raw[start : start + (len(raw) - start) // 2 * 2].decode("utf-16-le", "ignore")
        known = len(_COMMON_JAPANESE.findall(read)) + sum(c in _COMMON_CHINESE or c in _COMMON_KOREAN for c in read)
        if len(read) >= 8 and known > 0.12 * len(read):
            return True
    return False


def _plausibility(text: str) -> float:
    """The share of the non-ASCII characters that a reader of the language meets often, 0 to 1, less the odd ones."""
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    joined = "".join(foreign)
    hangul, han, kana = (len(pattern.findall(joined)) for pattern in (_HANGUL, _HAN, _COMMON_JAPANESE))
    common = sum(character in _COMMON_KOREAN or character in _COMMON_CHINESE for character in foreign)
    score = (0.15 * hangul + 0.9 * kana + 0.2 * han + 0.75 * common) / len(foreign)
    # Latin text with accents also decodes as Chinese: there a foreign character stands alone between letters.
    alone = len(re.findall(r"[a-z][^\x00-\x7f][a-z]", text))
    return score - 2.0 * len(_SUSPECT.findall(joined)) / len(foreign) - alone / len(foreign)


def _single_byte(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    thai = _decode_start(sample, "cp874")
    if (
        thai
        and len(_THAI.findall(thai)) > 0.95 * sum(character > "\x7f" for character in thai)
        and _reads_as_thai(thai)
    ):
        return "cp874"
    found = from_bytes(sample, cp_isolation=_SINGLE_BYTE, threshold=0.4).best()
    if found is not None:
        return found.encoding
    text = sample.decode("latin-1")
    if sum(character.isalpha() or character.isspace() for character in text) < 0.6 * len(text):
        raise DocumentRefused("binary: the bytes are no text and no known document format")
    return "cp1252" if _decodes(sample, "cp1252") else "latin-1"


def _reads_as_thai(text: str) -> bool:
    """Thai writes many letters in a row, with signs above and below that never begin a word."""
    runs = re.findall(r"[\u0e01-\u0e4e]+", text)
    return bool(runs) and max(map(len, runs)) >= 8 and not any("\u0e34" <= run[0] <= "\u0e3a" for run in runs)
