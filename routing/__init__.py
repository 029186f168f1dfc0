"""Rules -> gates -> route; publishing; `relay.py`, the one way that carries a case from facts to route."""
