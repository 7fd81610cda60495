"""A mail server (SMTP with sign-in) that keeps every message, and a page to read them."""
