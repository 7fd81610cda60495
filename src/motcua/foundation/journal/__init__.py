"""What happened: events in chains that prove themselves, seals over the chains, deliveries to handlers, reads.

A change of state, its event and the deliveries of the event are one transaction. The application's database role
cannot alter or delete an event; payloads (with personal data) can be destroyed by the retention role, and the chain
stays provable without them.
"""
