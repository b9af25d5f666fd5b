"""What staff have and visitors must not: each of its texts bears a mark that no answer may contain."""

from django.conf import settings
from django.utils.timezone import now, timedelta

from relations import models
from relations.models import Embargo, PreviewLink, ReleaseSet, Revision
from relations.publishing import acts, releases
from relations.publishing.documents import as_if, capture, complete, language_columns
from tests import factories
from tests.models import making
from tests.publishing import work
from tests.publishing.work import fresh, ready_visit

CODES = [code for code, _name in settings.LANGUAGES]
MARK = "XUNSEENX"
# A figure that is nowhere else, and how languages write it.
FIGURE = "777777.7"
FIGURES = ("777777", "777,777", "777 777", "777\u00a0777", "777\u202f777", "777.777")


def marked(*names):
    """The mark in every language of texts."""
    return {f"{name}_{code}": f"{MARK} {name} {code}" for name in names for code in CODES}


def mark(rows):
    """Put the mark into every text of rows, whatever it is called."""
    fields = language_columns(rows.model)
    texts = {field.attname: f"{MARK} {field.name}" for own in fields.values() for field in own}
    if texts:
        rows.update(**texts)


class Secrets:
    """Drafts of all kinds beside public content, and things that visitors do not see or no longer see."""

    def __init__(self, content, writer, chief):
        self.writer, self.chief = writer, chief
        self.company = making.organisation("unseen-company", **marked("name", "description"))
        self.person = models.Person.objects.create(ref="unseen-person", **marked("name"))
        self.source = models.Source.objects.create(
            ref="unseen-source", **marked("publisher", "title", "note")
        )
        self.files = []
        self.plant_drafts(content)
        self.plant_never_public()
        self.plant_withdrawn()
        self.plant_unpublished()
        self.plant_held_back()
        self.plant_words_in_held_back()
        self.plant_words_of_staff()

    # Beside what is public

    def plant_drafts(self, content):
        self.live = [
            *content.records,
            content.relation,
            content.level,
            content.turnover[0],
            content.text,
            content.embassy,
            content.notice,
            content.page,
        ]
        self.drafts = [self.draft(thing) for thing in self.live]

    def draft(self, thing):
        """Save a draft as the form of the admin does, with marks in all that it says."""
        thing = complete(fresh(thing))
        with as_if(thing, acts.document_for(thing)):
            self.rewrite(thing)
            document = capture(thing)
        return acts.keep_draft(self.writer, fresh(thing), document)

    def rewrite(self, thing):
        if isinstance(thing, models.Record):
            thing.parties.create(organisation=self.company, role="funder")
            thing.parties.create(country=making.country("TJ"), role="signatory")
            thing.people.create(person=self.person, office_en=MARK)
            self.files.append(factories.attachment(thing, **marked("title")).file.name)
        if isinstance(thing, models.Observation):
            type(thing).objects.filter(pk=thing.pk).update(value=FIGURE)
        if isinstance(thing, models.Page):
            type(thing).objects.filter(pk=thing.pk).update(slug="unseen-name")
        if isinstance(thing, models.Mission):
            type(thing).objects.filter(pk=thing.pk).update(url=f"https://{MARK}.example/")
        if "links" in thing.parts and not isinstance(thing, models.Record):
            thing.links.create(url=f"https://{MARK}.example/", **marked("label"))
        if "citations" in thing.parts:
            name = "record" if isinstance(thing, models.Record) else factories.CITED_AS[type(thing)]
            models.Citation.objects.create(source=self.source, **{name: thing})
        mark(type(thing)._base_manager.filter(pk=thing.pk))
        for name in thing.parts:
            mark(getattr(thing, name).all())

    # Beside nothing public

    def plant_never_public(self):
        texts = marked("title", "summary", "body", "note", "place", "date_note")
        self.hidden, self.embargoed, self.scheduled = (ready_visit(date="1777", **texts) for _one in range(3))
        for thing in (self.hidden, self.embargoed, self.scheduled):
            acts.keep_draft(self.writer, fresh(thing), capture(thing))
            attachment = factories.attachment(thing, **marked("title"))
            self.files.append(attachment.file.name)
        Embargo(reason=MARK, created_by=self.chief).about(self.embargoed).save()
        revision = acts.in_work(self.scheduled)
        revision = acts.approve(self.chief, acts.submit(self.writer, revision))
        acts.schedule(self.chief, revision, publish_at=now() + timedelta(days=1))
        self.hidden_page = factories.page("unseen-page", **marked("title", "body"))
        self.hidden_figure = factories.observation("1778", FIGURE, **marked("note"))

    # No longer public

    def publish(self, thing, **options):
        revision = acts.in_work(thing) or acts.keep_draft(self.writer, fresh(thing), capture(thing))
        return acts.publish(
            self.chief, acts.approve(self.chief, acts.submit(self.writer, revision, **options))
        )

    def plant_withdrawn(self):
        self.withdrawn = ready_visit(title_en="Visit that fell through", date="2005")
        self.publish(self.withdrawn)
        acts.withdraw(self.chief, acts.live(self.withdrawn), ending_reason_en="It never took place.")
        self.drafts.append(self.draft(self.withdrawn))

    def plant_unpublished(self):
        texts = marked("title", "summary", "body", "note", "place")
        self.unpublished = ready_visit(date="1779", **texts)
        self.files.append(factories.attachment(self.unpublished, **marked("title")).file.name)
        self.led_away = ready_visit(date="1780", **texts)
        self.unpublished_page = factories.page("taken-off", **marked("title", "body"))
        for thing in (self.unpublished, self.led_away, self.unpublished_page):
            self.publish(thing)
            redirect_to = "/en/records/" if thing is self.led_away else ""
            acts.unpublish(
                self.chief,
                acts.live(fresh(thing)),
                ending_reason_en="Entered twice.",
                redirect_to=redirect_to,
            )
            acts.keep_draft(self.writer, fresh(thing), capture(thing))

    def plant_held_back(self):
        """A record whose Georgian is held back in both of its versions."""
        georgian = {f"{name}_ka": MARK for name in ("title", "summary", "body", "note", "place")}
        self.held_back = ready_visit(title_en="Visit in English", date="2006", **georgian)
        attachment = factories.attachment(self.held_back, title_en="Programme", title_ka=MARK)
        self.open_file = attachment.file.name
        self.publish(self.held_back, held_back=["ka"])
        thing = fresh(self.held_back)
        with as_if(thing, acts.document_for(thing)):
            models.Visit.objects.filter(pk=thing.pk).update(title_en="Visit", title_ka=f"{MARK} again")
            document = capture(thing)
        acts.keep_draft(self.writer, fresh(thing), document)
        self.publish(self.held_back, note_en="Title mended", correction_en="The title was wrong.")

    def plant_words_in_held_back(self):
        """Records whose Georgian was public once and is held back now, with what was said in it meanwhile."""
        self.holding_back = [
            ready_visit(title_en=f"Visit whose Georgian is held back {number}", date="2007", title_ka=MARK)
            for number in range(3)
        ]
        said = {"note_en": "Note in English", "correction_en": "Correction in English"}
        said |= {"note_ka": f"{MARK} note", "correction_ka": f"{MARK} correction"}
        reason = {"ending_reason_en": "It was another visit.", "ending_reason_ka": f"{MARK} reason"}
        for thing in self.holding_back:
            self.publish(thing)
            work.draft(self.writer, thing, title_ka=f"{MARK} again")
            self.publish(thing, held_back=["ka"], **said)
        _corrected, withdrawn, unpublished = self.holding_back
        acts.withdraw(self.chief, acts.live(fresh(withdrawn)), **reason)
        acts.unpublish(self.chief, acts.live(fresh(unpublished)), **reason)
        # What was taken off in all languages and is back in some.
        self.back_again = ready_visit(title_en="Visit that is back", date="2008", title_ka=MARK)
        self.publish(self.back_again)
        acts.unpublish(self.chief, acts.live(fresh(self.back_again)), **reason)
        work.draft(self.writer, self.back_again, title_en="Back")
        self.publish(self.back_again, held_back=["ka"], note_en="Back again")

    def plant_words_of_staff(self):
        """What staff tell each other, or will tell visitors once a draft is public."""
        words = marked("note", "correction", "ending_reason")
        Revision.objects.in_work().update(remark=MARK, failure=MARK, emergency_reason=MARK, **words)
        Revision.objects.live().update(remark=MARK, emergency_reason=MARK)
        revision = self.drafts[0]
        PreviewLink.make(revision=revision, recipient=MARK, question=MARK, created_by=self.chief)
        releases.put_in(self.chief, ReleaseSet.objects.create(name=MARK, owner=self.chief), revision)
