"""Exact Shapley values of small trees, looked up instead of computed case by case."""
