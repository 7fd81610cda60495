"""OpenID Connect: VNeID, the national portal's sign-in, and any other provider of electronic identity.

Authorization code with PKCE, state and nonce; the ID token's signature and claims are checked by joserfc; the claims
about the person come from userinfo. Answers ``sign_in.begin`` and ``sign_in.finish`` of ``identity.ports``.
"""

from motcua.channels.connectors.openid.client import OpenIdClient
from motcua.channels.connectors.openid.configuration import answerers, clients, providers

__all__ = ["OpenIdClient", "answerers", "clients", "providers"]
