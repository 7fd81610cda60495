"""Appending to a PDF without touching what is there."""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class Revision(IncrementalPdfFileWriter):
    """An incremental update that leaves the document's metadata alone: they describe the frozen text."""

    @classmethod
    def of(cls, pdf: bytes) -> Revision:
        """Begin a revision of the file. Raises pyhanko's PdfReadError when it is no PDF."""
        return cls(BytesIO(pdf))

    def _update_meta(self) -> None:
        """Write neither a new date nor XMP."""

    def finished(self) -> bytes:
        """Return the whole file with this revision at its end."""
        output = BytesIO()
        self.write(output)  # type: ignore[no-untyped-call]  # pyhanko
        return output.getvalue()
