"""Decisions about statements and invoices, by topic, all pure."""
