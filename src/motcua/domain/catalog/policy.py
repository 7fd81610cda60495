"""What the installation demands of editions; set once from the settings when the application starts."""

from dataclasses import dataclass


@dataclass(slots=True)
class Policy:
    """``checked_grounds_only``: a ground nobody has read in full blocks publishing. True in production."""

    checked_grounds_only: bool = True


POLICY = Policy()
