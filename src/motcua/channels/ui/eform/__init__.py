"""The widgets of electronic forms: what ``domain.forms`` asks, drawn for citizens (one page at a time) and officers."""
