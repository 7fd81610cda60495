"""``python -m motcua`` is the same command line as ``motcua``."""

import sys

from motcua.running.cli import main

sys.exit(main())
