"""Numbers of papers: from 1 each year, without gap or double, given in the transaction that uses them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import F

from motcua.domain.documents import models


def take(*, agency_id: UUID, key: str, on: date) -> tuple[models.NumberBook, int]:
    """Return the book and its next number. The row stays locked until the transaction ends: whoever comes next
    waits, and a transaction that fails gives its number back.
    """
    models.NumberBook.objects.bulk_create(
        [models.NumberBook(agency_id=agency_id, year=on.year, key=key)], ignore_conflicts=True
    )
    books = models.NumberBook.objects.filter(agency_id=agency_id, year=on.year, key=key)
    books.update(last=F("last") + 1)
    book = books.get()
    return book, book.last


def full_number(number: int, symbol: str) -> str:
    """Return ``05/TB-STP``: figures below 10 take a zero (NĐ 30/2020)."""
    return f"{number:02d}/{symbol}" if symbol else f"{number:02d}"


def figures(number: int) -> str:
    """Return the figure alone, as it is written into a field before the symbol."""
    return f"{number:02d}"
