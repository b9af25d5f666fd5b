import io
import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from relations.exchange.exporting import export


class Command(BaseCommand):
    help = "Write the whole content to a bundle (JSON Lines; docs/bundle.md)."

    def add_arguments(self, parser):
        parser.add_argument("file", help="The bundle; - writes to standard output.")
        parser.add_argument("--files", metavar="DIR", help="Copy pictures and attachments into this folder.")

    def handle(self, file, files, **options):
        try:
            if file == "-":
                stream = io.TextIOWrapper(
                    sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True
                )
                export(stream, files)
                stream.detach()
            else:
                self.replace(Path(file), files)
        except OSError as error:
            raise CommandError(str(error)) from error

    def replace(self, path, files):
        """Write beside the file and put it in its place when it is whole, so that a failure costs nothing."""
        unfinished = path.with_name(f"{path.name}.part")
        try:
            with unfinished.open("w", encoding="utf-8", newline="\n") as stream:
                export(stream, files)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
