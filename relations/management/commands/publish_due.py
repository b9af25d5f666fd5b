from django.core.management.base import BaseCommand

from relations.publishing.due import do_what_is_due


class Command(BaseCommand):
    """For a timer, once a minute. It may run twice at once, and be killed: what is done is done once."""

    help = "Publish, take down and release what was appointed for a time that has come."

    def handle(self, **options):
        done = do_what_is_due()
        for what, titles in (
            ("Published", done.published),
            ("Taken down", done.taken_down),
            ("Released", done.released),
        ):
            for title in titles:
                self.stdout.write(f"{what}: {title}")
        for key, reason in done.failed:
            self.stderr.write(f"Failed: {key}: {reason}")
