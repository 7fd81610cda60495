"""Coming in and going out: citizens by OpenID Connect, officers by password and code, and for whom one acts.

``middleware`` turns the session into ``request.actor`` and the hall's visitor; ``needed`` sends who must sign in first
to the right door and back. The rules live in ``identity`` and ``organisation``; these are only their pages.
"""
