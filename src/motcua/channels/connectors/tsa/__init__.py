"""Time stamps (RFC 3161) for the journal's seals."""
