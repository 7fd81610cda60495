"""Settings for the type checker, which looks at models without an installation at hand."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
os.environ.setdefault("MOTCUA_MODE", "test")
os.environ.setdefault("MOTCUA_SECRET_KEY", "only-for-types")

from motcua.config.settings import *  # noqa: E402, F403
