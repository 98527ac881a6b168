"""Background doors of the letters, by topic. Each reads everything that is due when it runs; twice does no harm."""

from toiya.domain.notifications.jobs import approval, bundles, cut_offs, lots, people, sending

__all__ = ["approval", "bundles", "cut_offs", "lots", "people", "sending"]
