from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from relations.publishing import mails
from relations.publishing.due import do_what_is_due


class Command(BaseCommand):
    """For a timer, once a minute. It may run twice at once, and be killed: what is done is done once."""

    help = "Publish, take down and release what was appointed for a time that has come; send mail that waits."

    def handle(self, **options):
        try:
            self.say(do_what_is_due())
            # Last, so that nothing that is due waits for a mail server.
            mails.send_due()
        except Error as failure:
            raise CommandError(f"The database failed: {failure}") from failure

    def say(self, done):
        for what, titles in (
            ("Published", done.published),
            ("Released", done.released),
            ("Taken down", done.taken_down),
        ):
            for title in titles:
                self.stdout.write(f"{what}: {title}")
        # Shown to its owner, who can mend it: no fault of the run.
        for subject, reason in done.failed:
            self.stderr.write(f"Failed: {subject}: {reason}")
