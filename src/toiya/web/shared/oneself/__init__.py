"""Pages about oneself that the portal and the office share: security and privacy."""
