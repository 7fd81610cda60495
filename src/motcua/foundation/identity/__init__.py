"""Who somebody is: parties (persons, organisations), their numbers, who may act for whom, and accounts.

Citizens and organisations sign in with an electronic identification account through OpenID Connect and with
nothing else (NĐ 69/2024 Điều 40); officers sign in with a password and a time-based code. The room holds no
rights: what somebody may do is decided in ``organisation``. Doors: ``commands``, ``queries``, ``types``, ``ports``
and the pure modules ``numbers`` and ``totp``.
"""
