from django.core.management.base import BaseCommand

from relations.publishing.reviews import remind


class Command(BaseCommand):
    """For a timer, once a day. Running it again sends nothing again."""

    help = "Send a mail for each review that is due, once."

    def handle(self, **options):
        for title in remind():
            self.stdout.write(f"Reminded: {title}")
