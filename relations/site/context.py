"""What every public page carries: the pages of the staff in its menu, and the banners that are on."""

from django.utils.functional import SimpleLazyObject
from django.utils.timezone import now

from relations.models import Notice, Page


def furniture(request):
    """Give templates `staff_pages` and `notices`; nothing is read for a template that shows neither."""
    return {
        "staff_pages": SimpleLazyObject(lambda: list(Page.objects.published())),
        "notices": SimpleLazyObject(lambda: list(Notice.objects.showing_at(now()))),
    }
