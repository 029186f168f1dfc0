"""Practice on closed cases: decide for oneself, meet the machine's view, see what happened. It decides nothing."""
