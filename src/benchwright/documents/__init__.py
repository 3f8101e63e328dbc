"""Load files of any common format (PDF, Word, HTML, Excel, e-mail …) and split them into passages."""

from benchwright.documents.gather import Limits
from benchwright.documents.load import LoadResult, load, load_files
from benchwright.documents.ocr import Ocr, PageImage
from benchwright.documents.split import split, split_all
from benchwright.documents.structure import with_structure
from benchwright.documents.tesseract import tesseract

__all__ = [
    "Limits",
    "LoadResult",
    "Ocr",
    "PageImage",
    "load",
    "load_files",
    "split",
    "split_all",
    "tesseract",
    "with_structure",
]
