"""Who has a case before them now, told to colleagues on the case's page and in the lists."""
