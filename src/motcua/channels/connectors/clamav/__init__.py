"""ClamAV's daemon as the antivirus of storage (INSTREAM protocol of clamd)."""
