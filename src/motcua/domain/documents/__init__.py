"""Documents: what is asked, what is given, and the papers the system makes.

A component is asked; a document, which belongs to its owner, is given; a use ties a fixed version of it, a paper
handed over, or data that met the component to a subject. Papers are typeset from templates an administrator may
replace, numbered without gaps, keep their bytes once issued, and answer by their token whether they are genuine and
in force.
"""
