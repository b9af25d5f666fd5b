from contextlib import ExitStack

from django.core.management.base import BaseCommand

from relations.exchange.demo import bundles
from relations.exchange.importing import Import
from relations.models import Record

from .import_bundle import Reporter, taken_in


class Command(BaseCommand):
    help = "Load the reference data and the demo content, unless there is content already."

    def add_arguments(self, parser):
        parser.add_argument(
            "--again", action="store_true", help="Load them even so; edits of demo content are lost."
        )

    def handle(self, again, verbosity, **options):
        if not again and Record.objects.exists():
            if verbosity:
                self.stdout.write("There is content already; nothing was loaded.")
            return
        reporter = Reporter(self, verbosity)
        with ExitStack() as stack:
            files = [(path.name, stack.enter_context(path.open("rb"))) for path in bundles()]
            counts = taken_in(Import(publish=True, watcher=reporter), *files)
        reporter.summary(counts)
