import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand

from relations.models import Desk
from relations.publishing.rights import Role

# Who may do everything, and one account for each role in the house.
EVERYTHING = "demo"
ACCOUNTS = {EVERYTHING: Role.ADMINISTRATOR} | {f"demo-{role.value}": role for role in Role}
LANGUAGES_OF_TRANSLATOR = 2


class Command(BaseCommand):
    help = "Make the accounts of a local installation, with random passwords, and show them."

    def handle(self, **options):
        file = settings.VAR_DIR / "demo-account.txt"
        known = passwords_in(file)
        kept = {name: password_of(name, known.get(name)) for name in ACCOUNTS}
        if kept != known:
            write_private(file, "".join(f"{name}\n{password}\n" for name, password in kept.items()))
        for name, role in ACCOUNTS.items():
            give_role(get_user_model().objects.get(username=name), role)
        self.stdout.write(f"Sign in at {settings.SITE_URL}/admin/")
        for name, password in kept.items():
            self.stdout.write(f"  as {name:<20} with the password {password}")


def passwords_in(file) -> dict:
    """Return the passwords that were made before, by name: the file has one and the other by turns."""
    words = file.read_text().split() if file.exists() else []
    return dict(zip(words[::2], words[1::2], strict=False))


def password_of(name: str, password: str | None) -> str:
    """Return the password of an account; a new one where the account is new, or its password not known."""
    user, is_new = get_user_model().objects.get_or_create(
        username=name, defaults={"is_staff": True, "is_superuser": name == EVERYTHING}
    )
    if is_new or password is None:
        password = secrets.token_urlsafe(12)
        user.set_password(password)
        user.save()
    return password


def give_role(user, role):
    user.groups.add(Group.objects.get(name=role.value))
    if role == Role.TRANSLATOR:
        codes = [code for code, _name in settings.LANGUAGES]
        Desk.objects.get_or_create(user=user, defaults={"languages": codes[-LANGUAGES_OF_TRANSLATOR:]})


def write_private(file, text: str) -> None:
    """Nobody but the owner of the installation may read the file, not even for a moment."""
    file.unlink(missing_ok=True)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(text)
