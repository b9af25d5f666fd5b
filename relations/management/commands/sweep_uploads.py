from datetime import timedelta

from django.core.management.base import BaseCommand

from relations.uploads.sweeping import LEAST_AGE, complete_all, sweep


class Command(BaseCommand):
    """Keeps the stored files in step with the database; meant to run every night."""

    help = "Delete uploaded files that nothing names any more, and make sizes of pictures that are missing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--hours",
            type=int,
            default=LEAST_AGE // timedelta(hours=1),
            help="Leave files alone that are younger than this (default: %(default)s).",
        )

    def handle(self, *, hours, **options):
        deleted = sweep(timedelta(hours=hours))
        completed = complete_all()
        self.stdout.write(f"Deleted {deleted} files that nothing names; made sizes of {completed} pictures.")
