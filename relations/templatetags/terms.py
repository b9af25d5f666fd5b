"""How long an agreement was concluded for, and until when."""

from django import template
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.dates import PartialDate, in_words
from relations.models import Agreement

register = template.Library()


@register.filter
def term(agreement):
    """Say until when the term runs or ran; nothing where none is known, or something else has ended it.

    It reads on after the status, where there is one: “In force, for 5 years, until November 2013”. Sources
    give the term; that it is over is worked out and says so.
    """
    ends = agreement.term_ends
    if not ends or agreement.ended or getattr(agreement, "status", None) == Agreement.Status.REPLACED:
        return ""
    if ends.is_interval:
        return _("term to: %(date)s") % {"date": in_words(ends)}
    until, years = in_words(PartialDate.parse(f"../{ends}")), agreement.term_years
    if ends.latest < localdate():
        # What it was concluded for does not say how long it was in force.
        words = ngettext(
            "its term of %(years)s year, by calculation, %(until)s",
            "its term of %(years)s years, by calculation, %(until)s",
            years,
        )
    else:
        words = ngettext("for %(years)s year, %(until)s", "for %(years)s years, %(until)s", years)
    return words % {"years": years, "until": until}
