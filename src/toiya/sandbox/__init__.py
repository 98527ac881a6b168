"""A pretend sales site that speaks Qoo10's QAPI over HTTP; it shares nothing with the rest of the house."""
