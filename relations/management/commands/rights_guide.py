from django.conf import settings
from django.core.management.base import BaseCommand

from relations.publishing.guide import guide


class Command(BaseCommand):
    help = "Write docs/rights.md, who may do what, from the table of rights."

    def handle(self, **options):
        path = settings.BASE_DIR / "docs" / "rights.md"
        path.write_text(guide(), encoding="utf-8", newline="\n")
        self.stdout.write(f"Wrote {path.relative_to(settings.BASE_DIR)}.")
