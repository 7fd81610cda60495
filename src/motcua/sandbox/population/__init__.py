"""The national population database as an answerer: do these data match, and what is on record?"""
