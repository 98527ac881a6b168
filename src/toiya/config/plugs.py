"""Which sales sites, carriers and senders of letters exist in this installation, and where each is reached."""

from __future__ import annotations

from django.conf import settings

from toiya.domain.carriers.plugs import install as install_carriers
from toiya.domain.channels.plugs import install as install_channels
from toiya.domain.notifications.plugs import install as install_senders
from toiya.domain.wallet.plugs import install as install_gateway
from toiya.integrations.cards.page.plug import CardsByPage
from toiya.integrations.carriers.by_form.plug import ByForm
from toiya.integrations.carriers.japanpost.plug import JapanPost
from toiya.integrations.carriers.sagawa.plug import Sagawa
from toiya.integrations.carriers.test_carrier.plug import TestCarrier
from toiya.integrations.carriers.yamato.plug import Yamato
from toiya.integrations.channels.qoo10.plug import Qoo10
from toiya.integrations.mail.outbox.plug import Outbox
from toiya.integrations.mail.smtp.plug import SmtpMailer
from toiya.integrations.sms.gateway.plug import HttpsGateway


def install_plugs() -> None:
    """Build every plug from the settings and put the table in force; called once at the start."""
    install_channels(
        {
            "qoo10": Qoo10(
                settings.QOO10_BASE,
                api_key=settings.QOO10_API_KEY,
                console_base=settings.QOO10_CONSOLE,
                console_key=settings.QOO10_CONSOLE_KEY,
            ),
        }
    )
    is_test, ends = not settings.REAL_CARRIERS, settings.BARCODE_ENDS
    install_carriers(
        {
            "test_carrier": TestCarrier(),
            "by_form": ByForm(),
            "yamato": Yamato(is_test=is_test, ends=ends),
            "sagawa": Sagawa(is_test=is_test, ends=ends),
            "japanpost": JapanPost(is_test=is_test, ends=ends),
        }
    )
    install_gateway(CardsByPage(settings.CARDS_URL, settings.CARDS_KEY) if settings.CARDS_URL else None)
    outbox = Outbox(settings.OUTBOX)
    install_senders(
        mailer=SmtpMailer(settings.SMTP_URL, settings.MAIL_FROM) if settings.SMTP_URL else outbox,
        sms_gateway=HttpsGateway(settings.SMS_URL, settings.SMS_TOKEN) if settings.SMS_URL else outbox,
    )
