"""Invents two years of a municipality that does not exist, and knows the truth about it.

Nothing here imports `engine`, or anything else of Stafet: what the engine finds out is compared with what is known
here, so the two must not share a mistake.
"""
