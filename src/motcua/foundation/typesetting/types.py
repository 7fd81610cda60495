"""What typesetting hands out."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class Place:
    """A labelled rectangle of a typeset document, in PDF points (1/72 inch).

    ``page`` counts from 0; the origin is the page's lower left corner, as in PDF itself, and (``x``, ``y``) is
    the rectangle's lower left corner.
    """

    page: int
    x: float
    y: float
    width: float
    height: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The rectangle as PDF writes it: left, bottom, right, top."""
        return (self.x, self.y, self.x + self.width, self.y + self.height)


class BadTemplate(Problem):
    """The source cannot be typeset; ``details['diagnostic']`` is the typesetter's own message with line numbers."""
