"""The arena's pages: battle, blind review, side by side, board, why, owner, privacy; in English and Korean."""

from benchwright.arena.pages.routes import SITE

__all__ = ["SITE"]
