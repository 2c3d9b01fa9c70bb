"""Workbooks of Excel and LibreOffice: each of their sheets as a table in CSV."""

from ttt.providers.history_files.workbooks.books import Sheet, sheets

__all__ = ["Sheet", "sheets"]
