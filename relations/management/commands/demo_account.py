import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

USERNAME = "demo"


class Command(BaseCommand):
    help = "Make the account of a local installation, with a random password, and show it."

    def handle(self, **options):
        user, is_new = get_user_model().objects.get_or_create(
            username=USERNAME, defaults={"is_staff": True, "is_superuser": True}
        )
        file = settings.VAR_DIR / "demo-account.txt"
        if is_new or not file.exists():
            password = secrets.token_urlsafe(12)
            write_private(file, f"{USERNAME}\n{password}\n")
            user.set_password(password)
            user.save()
        username, password = file.read_text().split()
        self.stdout.write(f"Sign in at {settings.SITE_URL}/admin/ as {username} with the password {password}")


def write_private(file, text: str) -> None:
    """Nobody but the owner of the installation may read the file, not even for a moment."""
    file.unlink(missing_ok=True)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(text)
