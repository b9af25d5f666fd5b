"""What a translator may change: texts in the languages of their desk, and nothing else, at any door."""

from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import get_translation_fields

from relations.models import Revision

from .desks import languages_of
from .documents import complete, projected
from .rights import Forbidden


class OtherLanguage(Forbidden):
    """A change of something that is not a text in one of a translator's languages."""

    def __init__(self):
        super().__init__(_("You may change texts in your own languages only. Nothing was saved."))


def demand_some_language(user):
    """Raise OtherLanguage for a translator who has no language, or has lost the last one."""
    if languages_of(user) == []:
        raise OtherLanguage()


def demand_own_texts(user, thing, former, document):
    """Raise OtherLanguage unless two documents differ in nothing but texts that a user may change."""
    languages = languages_of(user)
    if languages is None:
        return
    model = type(complete(thing))
    if not languages or former is None:
        raise OtherLanguage()
    if projected(former, model, languages) != projected(document, model, languages):
        raise OtherLanguage()


def demand_own_words(user, revision, options):
    """Raise OtherLanguage where what is said about a change, or kept back of it, is in other languages."""
    languages = languages_of(user)
    if languages is None:
        return
    held_back = set(options.get("held_back", revision.held_back))
    if not set(revision.held_back) ^ held_back <= set(languages):
        raise OtherLanguage()
    for name in ("note", "correction"):
        for column in get_translation_fields(name):
            is_own = Revision._meta.get_field(column).language in languages
            if not is_own and options.get(column, getattr(revision, column)) != getattr(revision, column):
                raise OtherLanguage()
