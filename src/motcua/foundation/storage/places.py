"""Where sealed bytes lie: a folder or an S3 bucket, through Django's storage interface."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File as DjangoFile
from django.core.files.storage import FileSystemStorage, Storage, storages


@cache
def _place() -> Storage:
    if "motcua" in settings.STORAGES:
        return storages["motcua"]
    return FileSystemStorage(location=Path(settings.MOTCUA.home) / "files", file_permissions_mode=0o600)


def write(object_key: str, sealed: Iterable[bytes]) -> None:
    """Write the sealed bytes under the key."""
    with SpooledTemporaryFile(max_size=8 * 1024 * 1024) as buffer:
        for part in sealed:
            buffer.write(part)
        buffer.seek(0)
        _place().save(_path(object_key), DjangoFile(cast("BinaryIO", buffer)))


def read(object_key: str) -> BinaryIO:
    """Open the sealed bytes; the stream can seek. Raises FileNotFoundError."""
    return cast("BinaryIO", _place().open(_path(object_key), "rb"))


def erase(object_key: str) -> None:
    """Delete the sealed bytes, if they are there."""
    _place().delete(_path(object_key))


def _path(object_key: str) -> str:
    return f"{object_key[:2]}/{object_key[2:4]}/{object_key}"
