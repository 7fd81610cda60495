"""The national public-service portal: every change of a dossier goes there in order, dossiers filed there come in.

`standing` and `messages` are pure (what a dossier looked like after an event; its fields), `handlers` listens to the
journal, `adapter` speaks the exchange axis, `reading`, `taking_in` and `fetching` turn a pushed dossier into one of ours.
"""
