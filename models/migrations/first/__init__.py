"""The tables of the first version, v0001, as they then stood; no later change is made here."""
