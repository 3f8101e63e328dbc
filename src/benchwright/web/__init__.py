"""What every page shares: layout, static files, Markdown of models rendered safely, security headers."""

from benchwright.web.headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from benchwright.web.layout import Pages
from benchwright.web.locales import Locale, Locales
from benchwright.web.markdown import render_markdown

__all__ = ["CONTENT_SECURITY_POLICY", "SECURITY_HEADERS", "Locale", "Locales", "Pages", "render_markdown"]
