"""Which texts exist in every language of the site. Nothing else in the project says so."""

from modeltranslation.translator import TranslationOptions, register

from . import models


@register(models.Country)
class CountryTranslation(TranslationOptions):
    fields = ("name", "official_name")


@register([models.Sector, models.Indicator])
class NamedTranslation(TranslationOptions):
    fields = ("name", "description")


@register(models.Relation)
class RelationTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(models.RelationLink)
class RelationLinkTranslation(TranslationOptions):
    fields = ("label",)


@register([models.RelationLevel, models.Membership])
class NotedTranslation(TranslationOptions):
    fields = ("note",)


@register([models.SectorText, models.Page])
class TextTranslation(TranslationOptions):
    fields = ("title", "body")


@register(models.Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "abbreviation", "description")


@register(models.Person)
class PersonTranslation(TranslationOptions):
    fields = ("name",)


@register([models.Appointment, models.RecordPerson])
class OfficeTranslation(TranslationOptions):
    fields = ("office",)


@register(models.Source)
class SourceTranslation(TranslationOptions):
    fields = ("publisher", "title", "correction", "note")


@register(models.Citation)
class CitationTranslation(TranslationOptions):
    fields = ("locator", "note")


@register(models.Record)
class RecordTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "note", "date_note", "place")


@register(models.RecordLink)
class RecordLinkTranslation(TranslationOptions):
    fields = ("note",)


@register(models.Visit)
class VisitTranslation(TranslationOptions):
    fields = ("format", "outcomes_note")


@register([models.Meeting, models.Milestone, models.Event, models.Project])
class KindTranslation(TranslationOptions):
    """No texts of their own; the record's are theirs."""


@register(models.Agreement)
class AgreementTranslation(TranslationOptions):
    fields = ("depositary",)


@register(models.ProjectStatus)
class ProjectStatusTranslation(TranslationOptions):
    fields = ("note",)


@register(models.ProjectValue)
class ProjectValueTranslation(TranslationOptions):
    fields = ("label", "unit")


@register(models.Statement)
class StatementTranslation(TranslationOptions):
    fields = ("occasion", "quotation")


@register(models.Mission)
class MissionTranslation(TranslationOptions):
    fields = ("city", "address", "note")


@register(models.Observation)
class ObservationTranslation(TranslationOptions):
    fields = ("share_of", "rank_of", "note")


@register(models.EarlierValue)
class EarlierValueTranslation(TranslationOptions):
    fields = ("note",)


@register(models.Image)
class ImageTranslation(TranslationOptions):
    fields = ("alt", "caption", "credit")


@register(models.Attachment)
class AttachmentTranslation(TranslationOptions):
    fields = ("title",)


@register(models.Notice)
class NoticeTranslation(TranslationOptions):
    fields = ("text",)


@register(models.Revision)
class RevisionTranslation(TranslationOptions):
    fields = ("title", "note", "correction", "ending_reason")


@register(models.Correction)
class CorrectionTranslation(TranslationOptions):
    fields = ("text", "old_title")
