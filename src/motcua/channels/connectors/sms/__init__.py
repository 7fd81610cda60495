"""SMS through an operator's HTTP gateway: an exchange adapter, and the delivery reports that come back."""
