from django.core.management.base import BaseCommand

from relations.publishing.deletions import purge


class Command(BaseCommand):
    """For a timer, once a night, before sweep_uploads. Running it again lets go of nothing more."""

    help = "Let go of what was deleted more than thirty days ago; until then it can be brought back."

    def handle(self, **options):
        number = purge()
        self.stdout.write(f"Deletions let go: {number}")
