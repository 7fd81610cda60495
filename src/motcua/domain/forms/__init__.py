"""Electronic forms: what is asked, in which order, under which conditions, and what was answered.

A form is published once per version and never changed; its answers belong to a subject (a dossier's key) and are
drafts until they are frozen. The room validates, computes, prefills, compares and prints; it knows no dossier, no
rights and no HTML. Conditions are CEL, types and lengths are JSON Schema.
"""
