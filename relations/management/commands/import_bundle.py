import sqlite3
import sys
import time
from contextlib import nullcontext

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from relations.exchange.importing import BundleError, Import, Watcher


class Command(BaseCommand):
    help = "Take in a bundle of content (docs/bundle.md): all of it or, if any line is wrong, nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", help="The bundle; - reads standard input.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change, and change nothing."
        )
        parser.add_argument(
            "--publish", action="store_true", help="Make public what the lines do not keep back."
        )
        parser.add_argument("--files", metavar="DIR", help="The folder with the files that lines name.")

    def handle(self, file, dry_run, publish, files, verbosity, **options):
        reporter = Reporter(self, verbosity, tell_changes=dry_run or verbosity > 1, dry_run=dry_run)
        run = Import(publish=publish, dry_run=dry_run, files=files, watcher=reporter)
        try:
            with nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as stream:
                counts = taken_in(run, (file, stream))
        except OSError as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        reporter.summary(counts)


def taken_in(run, *files):
    """Run an import; what stops it is told without a traceback."""
    try:
        return run.run(*files)
    except BundleError as error:
        raise CommandError(str(error)) from None
    except (DatabaseError, sqlite3.Error) as error:
        raise CommandError(f"The database says: {error}\nNothing was changed.") from error


class Reporter(Watcher):
    """Prints progress to standard error, and what was done to standard output."""

    EVERY_SECONDS = 2

    def __init__(self, command, verbosity, *, tell_changes=False, dry_run=False):
        self.command = command
        self.verbosity = verbosity
        self.tell_changes = tell_changes
        self.would = "would be " if dry_run else ""
        self.dry_run = dry_run
        self.started = self.told = time.monotonic()
        self.notes = 0

    def progress(self, lines):
        now = time.monotonic()
        if self.verbosity and now - self.told >= self.EVERY_SECONDS:
            self.told = now
            self.command.stderr.write(f"{lines:,} lines, {lines / (now - self.started):,.0f} a second")

    def change(self, place, status, line):
        if self.tell_changes:
            changes = f" ({', '.join(line.changes)})" if line.changes else ""
            self.say(f"{place}: {line.definition.name} {line.key} {self.would}{status}{changes}")

    def note(self, place, text):
        if self.verbosity:
            self.command.stderr.write(f"{place}: {text}")

    def summary(self, counts):
        lines = sum(counter.total() for counter in counts.values())
        if self.verbosity:
            seconds = max(time.monotonic() - self.started, 0.001)
            self.command.stderr.write(f"{lines:,} lines in {seconds:,.1f} s, {lines / seconds:,.0f} a second")
        self.say(f"{'type':<14}{'created':>10}{'updated':>10}{'unchanged':>11}")
        for name, counter in counts.items():
            self.say(f"{name:<14}{counter['created']:>10}{counter['updated']:>10}{counter['unchanged']:>11}")
        if self.dry_run:
            self.say("Dry run: nothing was changed.")

    def say(self, text):
        if self.verbosity:
            self.command.stdout.write(text)
