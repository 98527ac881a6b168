"""Sales sites, links and files."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

SHOPS: Mapping[str, Telling] = {
    "shop.service_chosen": Telling(_("Service for new orders of the shop changed"), "route", "", "messages"),
    "join.begun": Telling(_("Came over from the sales site's console"), "door-open", "move", "messages"),
    "shop.linked": Telling(_("The sales site's console opens Toiya for this shop"), "link", "done", "messages"),
    "shop.unlinked": Telling(_("The sales site's console no longer opens Toiya"), "unlink", "hold", "messages"),
    "shop.entered_from_console": Telling(_("Came in by the sales site's console"), "log-in", "", "messages"),
    "shop.connected": Telling(_("Shop %(shop_id)s connected"), "plug", "done", "messages"),
    "shop.key_renewed": Telling(_("Key renewed"), "key-round", "done", "messages"),
    "shop.switches_set": Telling(_("Switches changed"), "toggle-right", "", "messages"),
    "shop.broke": Telling(_("The site no longer takes our key"), "octagon-x", "stop", "messages"),
    "shop.degraded": Telling(_("The site does not answer; we try again by ourselves"), "hourglass", "wait", "messages"),
    "shop.works": Telling(_("The site answers again"), "plug", "done", "messages"),
    "shop.orders_pulled": Telling(
        _("Orders pulled: %(new)s new, %(changed)s changed, %(refused)s not placed"), "download", "move", "messages"
    ),
    "shop.listings_read": Telling(
        _("%(listings)s listings read, %(tied)s tied to SKUs"), "list-checks", "move", "messages"
    ),
    "links.changed": Telling(
        _("Links of %(listings)s changed, %(unlinked)s of them taken away"), "link", "done", "messages"
    ),
    "links.undone": Telling(
        _("Links put back: %(restored)s; changed since and left alone: %(kept)s"), "undo-2", "", "messages"
    ),
    "shop.telling_asked_again": Telling(_("Told the site once more"), "rotate-ccw", "move", "messages"),
    "shop.stock_shown": Telling(_("Stock of %(listings)s listings shown at the site"), "upload", "done", "messages"),
    "shop.number_rules_set": Telling(
        _("Stock numbers of the shop: %(buffer_pieces)s pieces kept off, %(share_percent)s %% of the rest"),
        "toggle-right",
        "",
        "messages",
    ),
    "shop.listing_rules_set": Telling(
        _("Rule for the stock number of %(listings)s listings changed"), "toggle-right", "", "messages"
    ),
    "shop.numbers_compared": Telling(
        _("Stock numbers compared at night: %(differences)s of %(listings)s differed and are told once more"),
        "list-checks",
        "move",
        "messages",
    ),
    "shop.telling_hurried": Telling(
        _("Everything that waits is told to the site now"), "rotate-ccw", "move", "messages"
    ),
    "import.handed_in": Telling(_("File %(file_name)s handed in"), "file-up", "move", "messages"),
    "import.checked": Telling(_("Rows judged: %(rows)s, to mend: %(to_mend)s"), "list-checks", "move", "messages"),
    "import.refused": Telling(_("The file cannot be read"), "octagon-x", "stop", "messages"),
    "import.columns_saved": Telling(_("Columns kept under the name %(name)s"), "table", "done", "messages"),
    "import.columns_named": Telling(_("Columns of the file named"), "table", "move", "messages"),
    "import.reading_chosen": Telling(
        _("The file is read anew: %(encoding)s%(sheet)s"), "file-search", "move", "messages"
    ),
    "import.cells_mended": Telling(_("Cells mended in %(rows)s rows"), "pencil", "move", "messages"),
    "import.applying_wanted": Telling(_("Apply pressed"), "play", "move", "messages"),
    "import.applied": Telling(_("File applied, %(rows)s rows"), "check", "done", "messages"),
    "import.not_applied": Telling(_("Nothing applied: %(to_mend)s rows are to mend"), "octagon-x", "stop", "messages"),
    "import.undo_wanted": Telling(_("Undo pressed"), "undo-2", "move", "messages"),
    "import.undone": Telling(_("File undone: %(rows)s rows, %(stay)s stay"), "undo-2", "hold", "messages"),
    "import.rows_forgotten": Telling(
        _("What stood in the file is forgotten, %(rows)s rows"), "trash-2", "hold", "messages"
    ),
    "import.thrown_away": Telling(_("File thrown away"), "trash-2", "hold", "messages"),
}
