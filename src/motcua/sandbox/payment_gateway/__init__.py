"""The national payment platform (PayPlat, messages of version 1.0.6): INIT, pay page, IPN, return, query, receipt."""
