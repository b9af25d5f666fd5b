"""Addresses of the admin, and what a form of it would send."""

from html.parser import HTMLParser

from django.contrib import admin
from django.urls import reverse

from relations import models
from tests import factories

ADMINS = {
    model: model_admin
    for model, model_admin in admin.site._registry.items()
    # The log is read in a list only.
    if model._meta.app_label == "relations" and model is not models.AuditEntry
}
IDS = [model.__name__ for model in ADMINS]
# Records are edited on the forms of their kinds, and deletions are only undone.
FORMS = [model for model in ADMINS if model not in (models.Record, models.Deletion)]
FORM_IDS = [model.__name__ for model in FORMS]


def make(model, **fields):
    """An object of the model, with its own name where two must differ."""
    name = {"SectorText": "sector_text", "RelationLevel": "level", "ReleaseSet": "release_set"}.get(
        model.__name__, model.__name__.lower()
    )
    return getattr(factories, name)(**fields)


def several(model, numbers):
    """Different objects of the model, one for each number."""
    codes = list(factories.NAMES)
    own = {
        models.Country: lambda n: {"code": codes[n % 8]},
        models.Sector: lambda n: {"slug": f"sector-{n}"},
        models.Indicator: lambda n: {"slug": f"indicator-{n}"},
        models.Page: lambda n: {"slug": f"page-{n}"},
        models.Relation: lambda n: {"one": codes[n % 7], "other": codes[7]},
        models.Mission: lambda n: {"sending": codes[n % 7], "receiving": codes[7]},
    }.get(model, lambda n: {})
    return [make(model, **own(n)) for n in numbers]


def address(model, page, *args):
    return reverse(f"admin:relations_{model._meta.model_name}_{page}", args=args)


class FormReader(HTMLParser):
    """Collects what a browser would send from the main form of a page."""

    def __init__(self):
        super().__init__()
        self.data, self.select, self.textarea = {}, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name, kind = attrs.get("name"), attrs.get("type", "text")
        if tag == "select":
            self.select = name
            self.data.setdefault(name, [])
        elif tag == "option" and self.select and "selected" in attrs:
            self.data[self.select].append(attrs.get("value", ""))
        elif tag == "textarea":
            self.textarea, self.data[name] = name, [""]
        elif tag == "input" and name and kind not in ("submit", "file", "button"):
            if kind in ("checkbox", "radio") and "checked" not in attrs:
                return
            self.data.setdefault(name, []).append(attrs.get("value") or "on" * (kind == "checkbox"))

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        if tag == "textarea":
            # A browser leaves out the line break that follows the tag.
            self.data[self.textarea][0] = self.data[self.textarea][0].removeprefix("\n")
            self.textarea = None

    def handle_data(self, data):
        if self.textarea:
            self.data[self.textarea][0] += data


def form_data(response, **changes):
    """Return what the form on the page would send after the changes; `prefix-0-name` adds a row."""
    reader = FormReader()
    reader.feed(response.content.decode().split('id="searchbar"')[-1])
    data = {name: values for name, values in reader.data.items() if name and "__prefix__" not in name}
    for name, value in changes.items():
        data[name] = value if isinstance(value, list) else [value]
    for name in data:
        if name.endswith("-TOTAL_FORMS"):
            prefix = name.removesuffix("-TOTAL_FORMS")
            rows = {
                key.split("-")[1]
                for key in data
                if key.startswith(f"{prefix}-") and key.split("-")[1].isdigit()
            }
            data[name] = [str(len(rows))]
    data.pop("_popup", None)
    return data


def messages_of(response):
    return [str(message) for message in response.context["messages"]]
