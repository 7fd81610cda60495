"""The national population database: does this name, birth and number belong together (TT 136/2026/TT-BCA Điều 3).

Answers ``verify`` of ``identity.ports`` through ``exchange.ask``; records nothing itself.
"""

from motcua.channels.connectors.population.client import Population, answerers

__all__ = ["Population", "answerers"]
