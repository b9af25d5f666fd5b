"""Members of staff: their role, their desk, and who may change them."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangosGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangosUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Desk
from relations.models.base import languages
from relations.publishing import audit
from relations.publishing.desks import language_of_mails_to
from relations.publishing.rights import Role

from .base import Editing
from .filters import StrictFilter
from .labels import group_name
from .requests import StrictRequests

ROLE = gettext_lazy("Role")


class UserForm(UserChangeForm):
    """A member of staff with one role; no permission is given to a person alone."""

    role = forms.ChoiceField(label=ROLE, required=False, widget=forms.RadioSelect)
    sure = forms.BooleanField(
        label=gettext_lazy("Yes, take my own rights away"),
        required=False,
        help_text=gettext_lazy("Needed only where you take rights away from yourself."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            self.fields["role"].choices = [("", _("None")), *Role.choices]
            self.initial["role"] = role_of(self.instance) or ""
        if "groups" in self.fields:
            self.fields["groups"].queryset = Group.objects.exclude(name__in=Role.values)
            self.fields["groups"].help_text = ""

    def clean(self):
        """Compare the rights that the instance still has with those that were typed."""
        cleaned = super().clean()
        if self.errors or "role" not in self.fields:
            return cleaned
        flags = {flag: cleaned.get(flag, getattr(self.instance, flag)) for flag in FLAGS}
        is_demoted = self.was_administrator() and not is_administrator(cleaned["role"], **flags)
        if is_demoted and not administrators_but(self.instance).exists():
            self.add_error(None, _("This is the last administrator: make somebody else one first."))
            return cleaned
        lost = [flag for flag in FLAGS if getattr(self.instance, flag) and not flags[flag]]
        takes_away = lost or (self.initial["role"] and cleaned["role"] != self.initial["role"])
        if takes_away and self.instance.pk == self.user.pk and not cleaned.get("sure"):
            text = _("You are about to take your own rights away. Tick this box if you want to.")
            self.add_error("sure", text)
        return cleaned

    def was_administrator(self):
        flags = {flag: getattr(self.instance, flag) for flag in FLAGS}
        return is_administrator(self.initial["role"], **flags)


FLAGS = ("is_active", "is_staff", "is_superuser")


def role_of(user):
    """Return the highest role that a user has, or None."""
    names = set(user.groups.values_list("name", flat=True)) if user.pk else set()
    return next((role for role in reversed(Role) if role in names), None)


def is_administrator(role, is_active, is_staff, is_superuser):
    return is_active and is_staff and (is_superuser or role == Role.ADMINISTRATOR)


def administrators_but(user):
    """Return all other administrators; two who demote each other at one moment take turns here."""
    list(Group.objects.select_for_update().filter(name=Role.ADMINISTRATOR))
    others = User.objects.filter(is_active=True, is_staff=True).exclude(pk=user.pk)
    return others.filter(is_superuser=True) | others.filter(groups__name=Role.ADMINISTRATOR)


class DeskForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=Desk._meta.get_field("languages").verbose_name,
        help_text=Desk._meta.get_field("languages").help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = languages()


class DeskInline(Editing, admin.StackedInline):
    model = Desk
    form = DeskForm
    fields = ("countries", "languages", "mail_language")
    can_delete = False
    max_num = 1


class RoleFilter(StrictFilter):
    title = gettext_lazy("role")
    parameter_name = "role"
    path = "groups__name"

    def lookups(self, request, model_admin):
        return Role.choices


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(StrictRequests, DjangosUserAdmin):
    """Staff are disabled, never deleted: what they did stays theirs."""

    form = UserForm
    inlines = (DeskInline,)
    list_display = ("username", "first_name", "last_name", "email", "role", "is_active", "last_login")
    list_filter = (RoleFilter, "is_active")
    search_fields = ("username", "first_name", "last_name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=ROLE)
    def role(self, user):
        if user.is_superuser:
            return _("Superuser")
        return ", ".join(str(group_name(group)) for group in user.groups.all())

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        rights = ["is_active", "is_staff", "role"]
        if request.user.is_superuser:
            rights.append("is_superuser")
        if Group.objects.exclude(name__in=Role.values).exists():
            rights.append("groups")
        if obj.pk == request.user.pk:
            rights.append("sure")
        return [
            (None, {"fields": ("username", "password")}),
            (_("Personal info"), {"fields": ("first_name", "last_name", "email")}),
            (_("Rights"), {"fields": rights}),
            (_("Important dates"), {"fields": ("last_login", "date_joined")}),
        ]

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # Who may change whom

    def has_change_permission(self, request, obj=None):
        """Only a superuser changes a superuser, the pass phrase included."""
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_above

    def has_delete_permission(self, request, obj=None):
        return False

    # What is written down

    def save_form(self, request, form, change):
        request.account_before = described(form.instance.pk)
        return super().save_form(request, form, change)

    def save_related(self, request, form, formsets, change):
        # A form without the role leaves the roles as they are.
        super().save_related(request, form, formsets, change)
        if "role" in form.fields:
            give_role(form.instance, form.cleaned_data["role"])

    def log_addition(self, request, obj, message):
        self.note(request, "add_user", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        # A changed pass phrase comes without a form.
        act = "change_user" if hasattr(request, "account_before") else "change_password"
        self.note(request, act, obj)
        return super().log_change(request, obj, message)

    def note(self, request, act, user):
        before, after = getattr(request, "account_before", {}), described(user.pk)
        changes = [
            f"{name}: {before.get(name) or '–'} → {value or '–'}"
            for name, value in after.items()
            if before.get(name) != value
        ]
        detail = "; ".join(changes) if act != "change_password" else ""
        audit.note(request.user, act, user, detail=detail, address=request.META.get("REMOTE_ADDR"))


def give_role(user, role):
    """Make a role the only one of a user; groups that are no roles stay."""
    user.groups.remove(*user.groups.filter(name__in=Role.values))
    if role:
        user.groups.add(Group.objects.get(name=role))


def described(key):
    """Return what the log says of an account, name by name."""
    user = User.objects.filter(pk=key).first()
    if user is None:
        return {}
    desk = Desk.objects.filter(user=user).first()
    return {
        "username": user.username,
        "name": user.get_full_name(),
        "email": user.email,
        **{flag: str(getattr(user, flag)).lower() for flag in FLAGS},
        "groups": ", ".join(sorted(user.groups.values_list("name", flat=True))),
        "countries": ", ".join(sorted(desk.countries.values_list("code", flat=True))) if desk else "",
        "languages": ", ".join(desk.languages) if desk else "",
        "mail_language": language_of_mails_to(user),
    }


@admin.register(Group)
class GroupAdmin(StrictRequests, DjangosGroupAdmin):
    """Groups for embargoes. Roles are groups too: those are as the table of rights makes them."""

    fields = ("name",)
    list_display = ("name",)

    def is_for(self, request, group):
        return request.user.is_superuser and (group is None or group.name not in Role.values)

    def has_add_permission(self, request):
        return self.is_for(request, None)

    def has_change_permission(self, request, obj=None):
        return self.is_for(request, obj)

    def has_delete_permission(self, request, obj=None):
        # One by one, so that a role is never among several.
        return obj is not None and self.is_for(request, obj)

    def log_addition(self, request, obj, message):
        self.note(request, "add_group", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self.note(request, "change_group", obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for group in queryset:
            self.note(request, "delete_group", group)
        return super().log_deletions(request, queryset)

    def note(self, request, act, group):
        audit.note(request.user, act, group, address=request.META.get("REMOTE_ADDR"))
