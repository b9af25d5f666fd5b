"""Where uploads are reached: visitors at one address, staff, who also see what is not public, at another."""

from django.urls import reverse


class Addressed:
    """Something stored under a `name`."""

    @property
    def url(self):
        return reverse("media", args=[self.name])

    @property
    def staff_url(self):
        return reverse("staff_media", args=[self.name])
