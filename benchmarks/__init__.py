"""Ratios of DESIGN.md's speed table, measured in one run on one core."""
