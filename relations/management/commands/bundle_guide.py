from django.conf import settings
from django.core.management.base import BaseCommand

from relations.exchange.guide import guide


class Command(BaseCommand):
    help = "Write docs/bundle.md, the field guide of bundles, from the definitions."

    def handle(self, **options):
        path = settings.BASE_DIR / "docs" / "bundle.md"
        path.write_text(guide(), encoding="utf-8", newline="\n")
        self.stdout.write(f"Wrote {path.relative_to(settings.BASE_DIR)}.")
