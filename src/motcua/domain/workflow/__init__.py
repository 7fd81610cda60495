"""How a dossier goes from hand to hand: processes drawn in BPMN, compiled to graphs, run as rows.

A process version never changes; a run of it belongs to a subject (a dossier, known here by its opaque key only), its
tokens stand at nodes, a task is a step that waits for somebody. Commands say what happens next by returning an
``Advance``; they never call back. ``docs/mechanisms/workflow.md`` tells it with an example.
"""
