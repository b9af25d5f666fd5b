import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Do what compilemessages does, where gettext's programs are not installed."""

    help = "Compile the catalogues of interface texts (.po to .mo) that changed since the last time."
    requires_system_checks = []

    def handle(self, **options):
        sources = [po for folder in settings.LOCALE_PATHS for po in Path(folder).glob("*/LC_MESSAGES/*.po")]
        stale = [po for po in sources if is_stale(po)]
        for po in stale:
            compile_catalogue(po)
        if stale:
            self.stdout.write(f"Compiled {len(stale)} of {len(sources)} catalogues.")


def is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def compile_catalogue(po: Path) -> None:
    """Write the .mo in one step: a server that is running never reads half of it."""
    mo = po.with_suffix(".mo")
    unfinished = mo.with_suffix(f".{os.getpid()}")
    try:
        with po.open("rb") as source, unfinished.open("wb") as target:
            write_mo(target, read_po(source, locale=po.parent.parent.name, abort_invalid=True))
        unfinished.replace(mo)
    except (PoFileError, UnicodeDecodeError) as error:
        raise CommandError(f"{po}: {error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
