"""The shared hall: how every page looks, in which words and formats it speaks, and what happens when it fails.

Layouts, components and e-form widgets are Jinja macros under ``layouts``, ``components`` and ``eform``; styles and
scripts are built from ``frontend/`` into ``static`` and listed in ``assets.json``. The hall knows no rule of the law
and no page of a channel: channels tell it their places (``navigation``) and who is looking (``visitor``).
"""
