"""How often an address looked dossiers up: the look-up needs no account, so its speed is bounded here."""

from django.db import models

from motcua.foundation.kernel.tables import Mutable


class LookUps(Mutable):
    """Look-ups of one address (kept as a keyed digest) in one window of time."""

    address = models.BinaryField()
    window = models.DateTimeField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "window"], name="portal_lookups_once")]
        indexes = [models.Index(fields=["window"], name="portal_lookups_window")]
