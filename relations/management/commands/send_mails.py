from django.core.management.base import BaseCommand

from relations.publishing import mails


class Command(BaseCommand):
    """For whoever repaired the way to the mail server; no timer needs it, `publish_due` sends what waits."""

    help = "Try all mails to staff again that were not sent, also those that were given up; list what fails."

    def handle(self, **options):
        for mail in mails.send_all():
            self.stderr.write(
                f"Not sent to {mail.recipient}, written {mail.made_at:%Y-%m-%d %H:%M}: {mail.failure}"
            )
