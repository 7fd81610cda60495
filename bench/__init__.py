"""Figures beside their yardsticks in one run: ratios, because absolute times are the machine's."""
