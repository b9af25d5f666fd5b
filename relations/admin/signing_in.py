"""Log-ins, failed ones and log-outs in the audit log. Django says them by signals: the one way it has."""

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
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


def address_of(request):
    return request.META.get("REMOTE_ADDR") if request is not None else None
