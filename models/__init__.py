"""The records: tables, database, constraints and triggers, migrations, audit chain, consent. No learning here."""
