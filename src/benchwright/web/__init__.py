"""What every page shares: layout, static files, Markdown of models rendered safely, languages."""

from benchwright.web.layout import Pages
from benchwright.web.locales import Locale, Locales
from benchwright.web.markdown import render_markdown

__all__ = ["Locale", "Locales", "Pages", "render_markdown"]
