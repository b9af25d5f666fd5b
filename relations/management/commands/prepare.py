import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """One process for every step, because starting Django takes longer than most of them."""

    help = "Bring a local installation up to date: catalogues, database, demonstration, files and accounts."
    requires_system_checks = []

    def handle(self, **options):
        call_command("compile_catalogues")
        call_command("migrate", interactive=False, verbosity=0)
        if "load_demo" in get_commands():
            call_command("load_demo")
        if not settings.DEBUG:
            collect_static_files()
        call_command("demo_account")
        if "demo_workflow" in get_commands():
            call_command("demo_workflow")


def collect_static_files() -> None:
    """Compressing every file takes ten seconds: do it only when one of them changed."""
    record = settings.VAR_DIR / "static.sha256"
    state = static_files_state()
    if not (settings.STATIC_ROOT.exists() and record.exists() and record.read_text() == state):
        call_command("collectstatic", interactive=False, verbosity=0)
        record.write_text(state)


def static_files_state() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()
