"""What the tests of pages are about: two countries with a little of everything, all of it public."""

from django.utils.translation import override

from relations import models
from relations.models import Citation, Notice, Page, Relation, RelationLevel
from tests.models import making


class Content:
    """Azerbaijan and Georgia, with Romania, Hungary and Türkiye; each thing by its name."""

    def __init__(self):
        self.georgian = making.source(
            "Ministry of Georgia", ref="ge-mfa", title_ka="გვერდი", url="https://mfa.gov.ge/a"
        )
        self.other = making.source("Other ministry", ref="other")
        self.relation = making.relation("AZ", "GE")
        Relation.objects.update(is_public=True, summary_en="<p>Neighbours.</p>")
        self.relation.links.create(url="https://mfa.gov.az", label_en="Ministry")
        self.socar = making.organisation("socar", country=making.country("AZ"))
        self.guam = making.organisation("guam", kind="international")
        self.aliyev = making.person(ref="aliyev")
        self.aliyev.appointments.create(
            office_en="President", country=making.country("AZ"), start="2003-10-31"
        )
        self.make_records()
        self.make_the_rest()

    def make_records(self):
        cited = {"sources": [self.georgian]}
        self.agri = making.agreement(
            title_en="AGRI declaration",
            title_ka="დეკლარაცია",
            summary_en="Gas by sea.",
            date="2010-09-14",
            instrument="declaration",
            countries="AZ GE RO HU",
            sectors="energy transport",
            place_en="Baku",
            place_country=making.country("AZ"),
            **cited,
        )
        self.agri.parties.create(organisation=self.socar, role="operator")
        self.agri.people.create(
            person=self.aliyev, office_en="President", country=making.country("AZ"), role="signatory"
        )
        self.memorandum = making.agreement(
            title_en="Gas memorandum", date="2008/2013", instrument="memorandum", sectors="energy", **cited
        )
        self.fair = making.record(
            title_en="Tourism fair", date="2010-04-15/2010-04-17", sectors="tourism", **cited
        )
        self.visit = making.visit(
            title_en="Visit to Tbilisi", date="2007-03", sectors="politics", level="official", **cited
        )
        self.meeting = making.record(
            models.Meeting, title_en="Council", date="2011-01-25", sectors="transport", **cited
        )
        self.meeting.sessions.create(ordinal=10, scope="bilateral")
        self.project = making.project(
            ("agreed", None, "2011"),
            title_en="Railway",
            sectors="transport",
            countries="AZ GE TR",
            roles={"TR": "route"},
            **cited,
        )
        self.project.values.create(label_en="Voltage", value="500", unit_en="kV")
        self.milestone = making.record(
            models.Milestone,
            title_en="Relations established",
            date="1992-11-18",
            sectors="politics",
            type="relations_established",
            mode="exchange_of_notes",
            **cited,
        )
        self.statement = making.record(
            models.Statement,
            title_en="A claim",
            date="2022/..",
            sectors="politics",
            quotation_en="We agree.",
            **cited,
        )
        self.agri.links.create(to=self.project.record, type="carries_out")
        self.records = [
            self.agri,
            self.memorandum,
            self.fair,
            self.visit,
            self.meeting,
            self.project,
            self.milestone,
            self.statement,
        ]

    def make_the_rest(self):
        georgia, cited = making.country("GE"), {"sources": [self.georgian]}
        self.turnover = [
            making.figure("2009", "542.2", reporter=georgia, **cited),
            making.figure(
                "2010",
                "708.1",
                reporter=georgia,
                change="30.6",
                share="10.6",
                rank=2,
                rank_previous=2,
                **cited,
            ),
            making.figure("2011-01/2011-03", "192.8", reporter=georgia, change="41.1", **cited),
        ]
        invested = making.indicator("fdi-total", sector=making.sector("investment"), nature="cumulative")
        self.invested = making.figure("1997/2010", "432.9", indicator=invested, reporter=georgia, **cited)
        documents = making.indicator("documents", sector=making.sector("legal"), nature="stock")
        self.documents = making.figure(
            "2013-03",
            "30",
            indicator=documents,
            unit="documents",
            scale=0,
            comparator=">",
            direction="none",
            **cited,
        )
        self.embassy = making.mission("AZ", "GE", opened="2007-09-22", city_en="Tbilisi", **cited)
        self.back = making.mission("GE", "AZ", opened="1996-06~/1996-07~", **cited)
        self.text = making.sector_text(
            "energy",
            body="<p>Gas and <strong>oil</strong>.</p>",
            viewpoint=georgia,
            as_of="2011",
            title_en="Energy first",
            **cited,
        )
        self.text.other_sectors.add(making.sector("investment"))
        self.level = RelationLevel.objects.create(
            is_public=True,
            relation=self.relation,
            level="strategic_partnership",
            start="1996",
            basis=self.agri.record,
        )
        making.cite(self.level, self.georgian, as_="level")
        for code in ("AZ", "GE"):
            member = models.Membership.objects.create(
                organisation=self.guam, country=making.country(code), start="1997-10-10"
            )
            making.cite(member, self.georgian, as_="membership")
        making.cite(self.relation, self.georgian, as_="relation")
        Citation.objects.create(source=self.other, record=self.agri.record, states={"date": "2010-09-15"})
        self.page = Page.objects.create(
            slug="about", title_en="About", body_en="<p>Facts.</p>", is_public=True
        )
        self.notice = Notice.objects.create(text_en="Works tonight", is_public=True)

    def addresses(self, language):
        """Every kind of public page, by the name of its address."""
        with override(language):
            return {
                "home": f"/{language}/",
                "country_list": f"/{language}/countries/",
                "country_detail": making.country("AZ").get_absolute_url(),
                "relation_list": f"/{language}/relations/",
                "relation_detail": self.relation.get_absolute_url(),
                "record_list": f"/{language}/records/",
                "record_detail": self.agri.get_absolute_url(),
                "sector_detail": making.sector("energy").get_absolute_url(),
                "organisation_detail": self.socar.get_absolute_url(),
                "person_detail": self.aliyev.get_absolute_url(),
                "page_detail": self.page.get_absolute_url(),
            }
