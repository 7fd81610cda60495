"""What every simulated system is hosted by: a small WSGI application with pages, a mood, a log of calls, a store."""
