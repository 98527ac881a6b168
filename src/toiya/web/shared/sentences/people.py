"""Members, teams, applications and conversations."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

PEOPLE: Mapping[str, Telling] = {
    "seller.services_chosen": Telling(_("The services of the seller changed"), "route"),
    "seller.allocation_rules_set": Telling(_("The rules for giving stock to orders changed"), "route"),
    "account.took_over": Telling(_("Another account became part of this one"), "merge", "done", "messages"),
    "account.merged_away": Telling(_("This account became part of another one"), "merge", "hold", "messages"),
    "membership.moved": Telling(_("The role %(role)s moved here from another account"), "users", "", "messages"),
    "member.signed_up": Telling(_("Signed up as a member"), "user-plus", "done", "messages"),
    "member.upgraded": Telling(_("Became a business member"), "building-2", "done", "messages"),
    "member.first_administrator": Telling(_("First administrator made"), "user-plus", "done", "messages"),
    "company.edited": Telling(_("Company data changed: %(fields)s"), "pencil", "", "messages"),
    "certificate.added": Telling(_("Certificate %(file_name)s added"), "file-plus", "", "messages"),
    "certificate.withdrawn": Telling(_("Certificate %(file_name)s withdrawn"), "file-x", "hold", "messages"),
    "certificate.seen": Telling(_("Certificate %(file_name)s looked at"), "eye", "", "messages"),
    "member.email_to_verify": Telling(_("An e-mail waits to be verified"), "mail-question-mark", "wait", "messages"),
    "member.proof_asked": Telling(_("A link or code was sent to be verified"), "mail", "move", "messages"),
    "member.email_verified": Telling(_("The e-mail was verified"), "mail-check", "done", "messages"),
    "member.email_changed": Telling(_("Another e-mail is registered now"), "mail-check", "done", "messages"),
    "member.phone_verified": Telling(_("The phone was verified"), "phone", "done", "messages"),
    "member.password_reset_asked": Telling(_("Somebody asked for a new password"), "key-round", "", "messages"),
    "member.password_reset": Telling(_("The password was set anew by a link"), "key-round", "done", "messages"),
    "member.order_mails_set": Telling(_("Mails about new orders were switched"), "mail", "", "messages"),
    "member.mailbox_refused": Telling(_("The registered mailbox sends our mail back"), "mail-x", "stop", "messages"),
    "seller.joined": Telling(_("%(name)s joined"), "store", "done"),
    "application.submitted": Telling(_("The seller applied for our service"), "clipboard-list", "move", "messages"),
    "application.asked": Telling(
        _("The warehouse asked: %(question)s"), "message-circle-question-mark", "wait", "messages"
    ),
    "application.answered": Telling(_("The seller answered: %(answer)s"), "message-square", "move", "messages"),
    "application.approved": Telling(_("Approved"), "circle-check", "done", "messages"),
    "application.rejected": Telling(_("Not approved: %(reason)s"), "octagon-x", "stop", "messages"),
    "guidance.ticked": Telling(_("A step of the plan is done"), "check", "done", "messages"),
    "guidance.unticked": Telling(_("A step of the plan is open again"), "undo-2", "", "messages"),
    "conversation.started": Telling(_("A conversation about %(about)s began"), "message-square", "move", "messages"),
    "conversation.answered": Telling(_("Somebody answered"), "message-square", "move", "messages"),
    "conversation.noted": Telling(_("A note was written"), "pencil", "", "messages"),
    "conversation.handed_over": Telling(_("Handed over to %(to)s"), "arrow-right-left", "", "messages"),
    "conversation.settled": Telling(_("No answer is owed"), "check", "done", "messages"),
    "conversation.words_forgotten": Telling(_("What was said was forgotten with the buyer"), "circle-dot"),
    "conversation.closed": Telling(_("The conversation was closed"), "circle-check", "done", "messages"),
    "person.signed_in": Telling(_("Signed in on a new device: %(device)s"), "monitor-smartphone", "move", "people"),
    "person.sign_in_failed": Telling(
        _("Sign-in refused on an unknown device: %(device)s"), "octagon-x", "stop", "people"
    ),
    "person.password_changed": Telling(_("Password changed"), "key-round", "done", "people"),
    "person.factor_added": Telling(_("Second factor added"), "shield-check", "done", "people"),
    "person.factor_removed": Telling(_("Second factor removed"), "shield-off", "wait", "people"),
    "person.recovery_codes_made": Telling(_("New recovery codes made"), "shield-check", "done", "people"),
    "person.recovery_code_used": Telling(_("Recovery code used, %(left)s left"), "shield-check", "wait", "people"),
    "person.sessions_ended": Telling(_("Sessions ended: %(sessions)s"), "log-out", "", "people"),
    "person.data_exported": Telling(_("Own data exported"), "download", "", "people"),
    "person.erased": Telling(_("Person erased"), "user-x", "hold", "people"),
    "team.invited": Telling(_("Invited as %(role)s"), "user-plus", "move", "people"),
    "team.invitation_revoked": Telling(_("Invitation as %(role)s revoked"), "user-x", "hold", "people"),
    "team.joined": Telling(_("Joined as %(role)s"), "user-check", "done", "people"),
    "team.role_changed": Telling(_("Role changed: %(old)s → %(new)s"), "user-cog", "move", "people"),
    "team.removed": Telling(_("Removed from the team, was %(role)s"), "user-x", "hold", "people"),
    "staff.switched": Telling(_("Switched off or on"), "power", "hold", "people"),
    "staff.placed": Telling(_("Works in another building"), "warehouse", "move", "people"),
    "staff.pin_reset": Telling(_("New PIN, badge open again"), "badge-check", "done", "people"),
    "key.made": Telling(_("Key made for: %(scopes)s"), "key-round", "done", "people"),
    "key.revoked": Telling(_("Key revoked"), "key-round", "hold", "people"),
}
