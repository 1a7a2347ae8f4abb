"""A second reckoning, written from the definitions alone, to hold the real one against.

Slow and plain on purpose: fractions for everything linear, decimals of forty digits for growth
rates, and for a bound nothing but trying the values that it allows. It takes the same points
and goals, and shares no sum with the program but `exactly`, which reads a number as its decimal.
"""
