"""Log-ins, failed ones, log-outs and pass phrases in the audit log.

Django says by signals who logged in and out: the one way it has.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver

from relations.publishing import audit

LONGEST_NAME = 150


@receiver(user_logged_in)
def logged_in(request, user, **_signal):
    audit.note(user, "log_in", user, address=address_of(request))


@receiver(user_logged_out)
def logged_out(request, user, **_signal):
    # Who was not logged in any more is nobody.
    if user is not None:
        account = get_user_model().objects.get(pk=user.pk)
        audit.note(account, "log_out", account, address=address_of(request))


@receiver(user_login_failed)
def login_failed(credentials, request=None, **_signal):
    """Write down which account was tried; what was typed as a name may be a pass phrase, and is not kept."""
    name = str(credentials.get("username") or "")[:LONGEST_NAME]
    user = get_user_model().objects.filter(username=name).first()
    audit.note(None, "log_in", user, refused=True, address=address_of(request))


@transaction.atomic
def change_own_password(request, change):
    """Let members of staff change their own pass phrase, and write down that they did, or tried in vain."""
    response = change()
    if request.method == "POST":
        account = get_user_model().objects.get(pk=request.user.pk)
        was_refused = response.status_code != 302
        audit.note(account, "change_password", account, refused=was_refused, address=address_of(request))
    return response


def address_of(request):
    return request.META.get("REMOTE_ADDR") if request is not None else None
