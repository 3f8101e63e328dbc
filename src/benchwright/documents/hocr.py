"""What tesseract recognised (hOCR): words with their places become headings, paragraphs and tables as in a PDF."""

import io
import re
from collections.abc import Mapping
from statistics import median

from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue]
from PIL import Image, ImageDraw

from benchwright.documents.ocr import PageImage, Recognised
from benchwright.documents.ooxml import Element
from benchwright.documents.pdf_blocks import write_pages
from benchwright.documents.pdf_lines import BREAK_HYPHEN, Line, Segment
from benchwright.documents.writing import MarkdownWriter

_NUMBERS = r"(-?\d+) (-?\d+) (-?\d+) (-?\d+)"
_BOX = re.compile(rf"bbox {_NUMBERS}")
_SIZE = re.compile(r"x_size ([\d.]+)")
_SURE = re.compile(r"x_wconf (\d+)")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3041-\u30ff\u3400-\u9fff\uff00-\uffef、。]")
_WIDE_GAP = 2.0
# Below this the words of a line are guesses: specks, pictures, another script.
_LINE_SURE = 35
_SURE_WORD = 60
_HEADING_RATIO = 1.3


def sure_letters(page: Recognised) -> int:
    """Return how many letters tesseract is sure of: which of two readings of a page is the better one."""
    words = _of_class(_root(page.hocr), "ocrx_word")
    return sum(len("".join(word.itertext()).strip()) for word in words if _sure(word) >= _SURE_WORD)


def unread_ink(image: PageImage, page: Recognised) -> float:
    """Return the share of a page's dark points outside the words that tesseract is sure of: pictures, or lost text."""
    with Image.open(io.BytesIO(image.png)) as picture:
        ink = picture.convert("L").point([255] * 128 + [0] * 128)
    everything = ink.histogram()[255]
    pen = ImageDraw.Draw(ink)
    for word in _of_class(_root(page.hocr), "ocrx_word"):
        if _sure(word) >= _SURE_WORD:
            left, top, right, bottom = _box(word)
            # The dots and edges of letters reach over a word's box.
            pen.rectangle((left - 6, top - 8, right + 6, bottom + 8), fill=0)
    return ink.histogram()[255] / max(everything, 1)


def markdown_of(page: Recognised) -> str:
    """Set the recognised lines as a page of a PDF would be."""
    spaced = {_squeezed(line): line for line in page.text.splitlines()}
    areas = _of_class(_root(page.hocr), "ocr_carea")
    lines = [line for area in areas for line in _lines(area, spaced)]
    if not lines:
        return ""
    _even_sizes(lines)
    writer = MarkdownWriter()
    write_pages(writer, [lines])
    return writer.text


def _root(hocr: bytes) -> Element:
    return html.document_fromstring(hocr, parser=html.HTMLParser(encoding="utf-8"))


def _of_class(root: Element, *names: str) -> list[Element]:
    return [element for element in root.iter(etree.Element) if element.get("class") in names]


def _lines(area: Element, spaced: Mapping[str, str]) -> list[Line]:
    lines: list[Line] = []
    for element in _of_class(area, "ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"):
        words = [word for word in _of_class(element, "ocrx_word") if "".join(word.itertext()).strip()]
        size = _SIZE.search(element.get("title") or "")
        if not words or size is None or median(_sure(word) for word in words) < _LINE_SURE:
            continue
        boxes = [_box(word) for word in words]
        texts = ["".join(word.itertext()).strip() for word in words]
        segments = _segments(list(zip(texts, boxes, _spaces(texts, spaced), strict=True)), float(size[1]))
        line = Line(
            left=min(box[0] for box in boxes),
            right=max(box[2] for box in boxes),
            # A page's points grow upwards, a picture's downwards.
            bottom=-_box(element)[3],
            top=-_box(element)[1],
            size=float(size[1]),
            is_bold=False,
            segments=segments,
        )
        lines.append(line)
    return lines


def _squeezed(line: str) -> str:
    return "".join(line.split())


def _spaces(words: list[str], spaced: Mapping[str, str]) -> list[bool]:
    """Whether a space stands before each word: hOCR makes words of single characters and tells no spaces."""
    line = spaced.get("".join(words))
    if line is None:
        return [
            not (before and _UNSPACED.match(before[-1]) and _UNSPACED.match(word[0]))
            for before, word in zip(["", *words], words, strict=False)
        ]
    said: list[bool] = []
    position = 0
    for word in words:
        gap = len(line[position:]) - len(line[position:].lstrip())
        said.append(gap > 0)
        position += gap
        for character in word:
            position = line.index(character, position) + 1
    return said


def _segments(words: list[tuple[str, tuple[float, ...], bool]], size: float) -> list[Segment]:
    segments: list[Segment] = []
    for text, box, has_space in words:
        before = segments[-1] if segments else None
        if before is None or box[0] - before.right > _WIDE_GAP * size:
            segments.append(Segment(box[0], box[2], text))
            continue
        before.text = before.text + (" " if has_space else "") + text
        before.right = max(before.right, box[2])
    last = segments[-1]
    if re.search(r"[a-zäöüß]-$", last.text):
        last.text = last.text[:-1] + BREAK_HYPHEN
    return segments


def _even_sizes(lines: list[Line]) -> None:
    """Measured sizes differ from line to line: only what is clearly larger than the body stays larger."""
    body = median(line.size for line in lines for _ in range(len(line.text)))
    for line in lines:
        ratio = line.size / body
        is_body = ratio < _HEADING_RATIO or line.text.endswith((".", "。", ","))
        line.size = body if is_body else body * round(ratio * 4) / 4


def _box(element: Element) -> tuple[float, float, float, float]:
    found = _BOX.search(element.get("title") or "")
    return (float(found[1]), float(found[2]), float(found[3]), float(found[4])) if found else (0.0, 0.0, 0.0, 0.0)


def _sure(word: Element) -> int:
    found = _SURE.search(word.get("title") or "")
    return int(found[1]) if found else 0
