"""Pictures of pages: photographs and scans (PNG, JPEG, TIFF …) as documents, and pages of a PDF drawn for OCR."""

import io
from collections.abc import Mapping

import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from benchwright.documents.ocr import HOW, PageImage
from benchwright.documents.parsed import Parsed
from benchwright.documents.writing import MarkdownWriter
from benchwright.errors import DocumentRefused

# What tesseract was trained on; smaller print needs no more, and larger is slower.
_DOTS_PER_INCH = 300
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 5_000
_MOST_FRAMES = 2_000


def read(data: bytes, name: str) -> Parsed:
    """Return a document without text whose pages all wait for OCR."""
    return Parsed("", unread_pages=tuple(range(1, _frames(data) + 1)), warning=f"a picture: {HOW}")


def read_with_pages(data: bytes, name: str, texts: Mapping[int, str]) -> Parsed:
    """Return the document of pages that OCR has read."""
    writer = MarkdownWriter()
    for page in range(1, _frames(data) + 1):
        writer.page()
        writer.raw(texts.get(page, ""))
    return Parsed(writer.text, page_starts=writer.finish_pages())


def draw(data: bytes, page: int) -> PageImage:
    """Return one page of a picture file or PDF as a picture for OCR; raises `DocumentRefused` where it cannot be."""
    image = _drawn_pdf(data, page) if b"%PDF-" in data[:1024] else _frame(data, page)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1, dpi=(_DOTS_PER_INCH, _DOTS_PER_INCH))
    return PageImage(buffer.getvalue())


def _drawn_pdf(data: bytes, page: int) -> Image.Image:
    with pdfium.PdfDocument(data) as document:
        leaf = document[page - 1]
        width, height = leaf.get_size()
        scale = min(_DOTS_PER_INCH / 72, _LONGEST_SIDE / max(width, height, 1.0))
        bitmap = leaf.render(scale=scale, grayscale=True)  # pyright: ignore[reportArgumentType]
        image = bitmap.to_pil().copy()
        bitmap.close()
        leaf.close()
    return image


def _frame(data: bytes, page: int) -> Image.Image:
    with _opened(data) as image:
        image.seek(page - 1)
        if image.width * image.height > _MOST_PIXELS:
            raise DocumentRefused(f"too large: a picture of {image.width:,} × {image.height:,} points")
        try:
            upright = ImageOps.exif_transpose(image)
            # A transparent ground is white paper; as black it would hide black letters.
            if "A" in upright.getbands() or "transparency" in upright.info:
                paper = Image.new("RGBA", upright.size, "white")
                upright = Image.alpha_composite(paper, upright.convert("RGBA"))
            return upright.convert("L")
        except (OSError, SyntaxError, ValueError) as error:
            raise DocumentRefused(f"corrupted: the picture is cut off or damaged ({error})") from error


def _frames(data: bytes) -> int:
    with _opened(data) as image:
        return min(getattr(image, "n_frames", 1) if image.format in ("TIFF", "MPO") else 1, _MOST_FRAMES)


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DocumentRefused("corrupted: the picture cannot be read") from error
    except Image.DecompressionBombError as error:
        raise DocumentRefused("too large: the picture has too many points") from error
