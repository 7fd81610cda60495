"""What can be wrong with a confirmation; each is kept as an anomaly before it is raised."""

from motcua.foundation.kernel.errors import Problem


class UnknownReference(Problem):
    """No payment of ours was opened under this reference."""


class WrongAmount(Problem):
    """Another amount came in than was asked for."""


class ExpiredAttempt(Problem):
    """Paid after the payment page had closed."""


class WrongGateway(Problem):
    """The reference belongs to a payment opened at another gateway."""
