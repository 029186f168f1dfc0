"""Migrations of the database, inside the package so that an installed Stafet has them from any directory."""
