"""The one inline script: it says "there is a script" before the page is painted, so that nothing jumps.

The Content-Security-Policy allows exactly these bytes by their digest; no nonce, so pages stay cacheable.
"""

from base64 import b64encode
from hashlib import sha256

BOOT = (
    "document.body.className+=' js-enabled'+('noModule'in HTMLScriptElement.prototype?' govuk-frontend-supported':'')"
)
BOOT_DIGEST = f"'sha256-{b64encode(sha256(BOOT.encode()).digest()).decode()}'"
