"""The front page of the sandbox: where everything is, who the people are, the officers' current one-time codes."""
