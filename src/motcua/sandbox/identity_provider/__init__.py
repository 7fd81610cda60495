"""Two OpenID Connect providers over authlib: VNeID and the national portal, each with its own set of claims."""
