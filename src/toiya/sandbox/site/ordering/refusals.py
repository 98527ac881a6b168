"""Why the site's own pages and control API say no to a person or a test."""


class OrderingRefused(Exception):
    """An order, listing or cancellation that cannot be made; the text says what, where and how to mend it."""
