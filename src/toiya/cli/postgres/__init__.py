"""The database server of an installation that was given none: PostgreSQL from an installed wheel."""
