"""motcua: receiving, processing and returning administrative procedures, one door for everybody."""
