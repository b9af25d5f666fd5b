from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .publication import OfThing


class Mail(OfThing):
    """A mail to a member of staff that has not left the house yet; what was sent is not kept."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False)
    subject = models.CharField(max_length=500, editable=False)
    body = models.TextField(editable=False)
    made_at = models.DateTimeField(default=now, editable=False)
    tries = models.PositiveIntegerField(default=0, editable=False)
    # Empty once it was given up.
    next_try_at = models.DateTimeField(default=now, null=True, editable=False)
    # Why the last try failed; empty as long as nobody knows how it ended.
    failure = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("mail to staff")
        verbose_name_plural = _("mails to staff")
        ordering = ["made_at", "pk"]
        # Nobody asks for them by name: they go to whom they are for.
        default_permissions = ()

    def __str__(self):
        return self.subject
