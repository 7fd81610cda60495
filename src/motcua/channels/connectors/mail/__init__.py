"""E-mail by SMTP: an exchange adapter; nothing comes in."""
