"""Texts that a spreadsheet would take for a formula, made harmless in a CSV and back again.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@``, with a tab or with a carriage return.
An apostrophe in front keeps it a text. What begins with an apostrophe that reading would take away gets
another one, so that every text comes back as it was.
"""

from __future__ import annotations

_MARK = "'"
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r")
_MARKED = tuple(_MARK + sign for sign in (*_TRIGGERS, _MARK))
_HARMFUL = _TRIGGERS + _MARKED


def harmless(text: str) -> str:
    """The text as a cell may hold it."""
    return _MARK + text if text.startswith(_HARMFUL) else text


def as_it_was(cell: str) -> str:
    """The text of a cell that was made harmless, or is harmless."""
    return cell[1:] if cell.startswith(_MARKED) else cell
