"""One row a file; the bytes lie encrypted under a random object key."""

from django.db import models

from motcua.foundation.kernel.tables import Mutable
from motcua.foundation.storage.types import FileState


class File(Mutable):
    """A stored file. ``referenced_at`` is set when a room takes it up; others are swept after a day."""

    object_key = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in FileState])
    refused_why = models.CharField(max_length=400, default="")
    scanned_by = models.CharField(max_length=80, default="")
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=120)
    referenced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["stored_at"], name="storage_file_loose", condition=models.Q(referenced_at__isnull=True)
            )
        ]
