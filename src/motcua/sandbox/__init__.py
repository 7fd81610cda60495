"""The outside world, simulated: real servers that speak the wire protocols of the systems motcua talks to.

``python -m motcua.sandbox --state DIR --base-port N --product-url URL`` starts them all, each in its own process.
Nothing here imports the rest of motcua, and nothing of motcua imports this. What the servers know (procedures,
status order, people, keys) comes from tables of their own, so that they can disagree with the product.
See docs/mechanisms/sandbox.md.
"""
