"""The staff's side as a site: what it is called, and in which groups it offers what staff keep."""

from functools import partial, update_wrapper

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Every model that has an admin, by task and in the order of the work.
GROUPS = (
    (
        _("Records"),
        (
            "Visit",
            "Meeting",
            "Agreement",
            "Project",
            "Milestone",
            "Event",
            "Statement",
            "Record",
        ),
    ),
    (
        _("Pairs of countries"),
        ("Relation", "RelationLevel", "SectorText", "Mission", "Observation", "Membership"),
    ),
    (
        _("Registers"),
        ("Country", "Organisation", "Person", "Sector", "Indicator", "Source", "Image"),
    ),
    (pgettext_lazy("admin", "Site"), ("Page", "Notice", "ReleaseSet", "Deletion")),
    (_("Users"), ("User", "Group", "AuditEntry")),
)
# Where the name of the model says too little beside those of the others.
NAMES = {"Record": _("All records")}


class StaffSite(AdminSite):
    site_title = site_header = "Bilateral"
    index_title = _("What staff keep")

    def get_app_list(self, request, app_label=None):
        """Return the groups with what of them the user may see; an empty one is left out."""
        seen = {
            model["object_name"]: {**model, "name": NAMES.get(model["object_name"], model["name"])}
            for app in self._build_app_dict(request, app_label).values()
            for model in app["models"]
        }
        groups = [(name, [seen[model] for model in models if model in seen]) for name, models in GROUPS]
        return [{"name": name, "models": models} for name, models in groups if models]

    def get_urls(self):
        return [path("work/", self.admin_view(self.work), name="work"), *super().get_urls()]

    def admin_view(self, view, cacheable=False):
        """Ask who is not signed in to do so; nothing is lost of what they sent too late."""
        guarded = super().admin_view(view, cacheable)

        def answer(request, *args, **kwargs):
            from relations.admin.not_saved import signed_out

            is_form = request.method == "POST" and request.path != reverse("admin:logout")
            if is_form and not request.user.is_authenticated and (kept := signed_out(request)):
                return kept
            return guarded(request, *args, **kwargs)

        return update_wrapper(answer, guarded)

    def index(self, request, extra_context=None):
        # The site is made before there are models: what shows them is imported when it is asked for.
        from relations.admin.recent import recent_acts
        from relations.admin.start import boxes

        shown = {"boxes": boxes(request.user), "recent": recent_acts(self, request)}
        return super().index(request, {**shown, **(extra_context or {})})

    def work(self, request):
        from relations.admin.start import work_page

        return work_page(self, request)

    def password_change(self, request, extra_context=None):
        from relations.admin.signing_in import change_own_password

        return change_own_password(request, partial(super().password_change, request, extra_context))

    def app_index(self, request, app_label, extra_context=None):
        """Staff work in groups, not in the apps of the code: one page shows them all."""
        return redirect("admin:index")


class StaffConfig(AdminConfig):
    default_site = "relations.staff.StaffSite"
