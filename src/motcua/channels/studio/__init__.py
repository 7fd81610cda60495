"""The makers' channel: administrators and heads look at what the installation does and keep it in order.

Editions, processes, papers, statuses and calendars are looked at here; agencies, officers and rights are administered;
the cockpit shows what waits for outside systems and lets somebody decide about what is stuck. Every page asks for a
capability (``guard``), every list keeps to where the acting position has it.
"""
