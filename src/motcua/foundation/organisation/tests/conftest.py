"""Officers are made by the dozen here; their passwords are not what is tested."""

from motcua.foundation.identity.tests.conftest import cheap_hashing, expensive_hashing

__all__ = ["cheap_hashing", "expensive_hashing"]
