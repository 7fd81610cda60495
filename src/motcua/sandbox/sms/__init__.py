"""An SMS gateway over HTTP: takes a message, gives it a number, reports later that it was delivered."""
