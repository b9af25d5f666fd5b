"""Make the pictures of docs/editors.md: `make screenshots`. It needs the tests' fixtures and a browser."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.timezone import localdate, now
from PIL import Image

from relations import models
from relations.publishing import acts, reviews
from tests.admin.pages import address
from tests.publishing.work import draft, published, ready_visit, submitted

PICTURES = Path(__file__).parent / "pictures"
LARGEST = 150_000


@pytest.fixture
def people(staff):
    return {name: staff(role, name) for name, role in {"nino": "author", "elchin": "editor"}.items()}


@pytest.fixture
def window(page, live_server, people):
    """Sign somebody in and show a page: window("nino", "/admin/")."""
    page.set_viewport_size({"width": 1100, "height": 700})

    def show(name, path):
        client = Client()
        client.force_login(people[name])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page.goto(path)
        return page

    return show


def keep(name, picture):
    """Write a picture with few colours, as a page of text and lines needs no more."""
    file = PICTURES / f"{name}.png"
    Image.open(BytesIO(picture)).convert("RGB").quantize(96).save(file, optimize=True)
    if file.stat().st_size > LARGEST:
        pytest.fail(f"{file.name} is larger than {LARGEST} bytes.")


def top_of(page, height=700):
    return page.screenshot(clip={"x": 0, "y": 0, "width": 1100, "height": height})


def test_pictures(window, people):
    nino, elchin = people["nino"], people["elchin"]
    visit = ready_visit(title_en="Visit of the energy minister to Tbilisi")
    published(nino, elchin, visit)
    reviews.appoint(nino, visit, localdate() + timedelta(days=12), nino)
    draft(nino, visit, title_en="Official visit of the energy minister to Tbilisi")
    for title in ("Visit of the parliament’s speaker to Baku", "Visit of the transport minister to Batumi"):
        submitted(nino, ready_visit(title_en=title))
    approved = acts.approve(elchin, submitted(nino, ready_visit(title_en="State visit to Tbilisi")))
    acts.schedule(elchin, approved, publish_at=now() + timedelta(days=2))
    acts.approve(elchin, submitted(nino, ready_visit(title_en="Working visit to Ganja")))
    back = submitted(nino, ready_visit(title_en="Visit of the rector to Kutaisi"))
    acts.reject(elchin, back, remark="The communiqué names another day.")
    waiting = models.Revision.objects.filter(state="submitted").first().thing

    page = window("nino", "/admin/")
    keep("start", top_of(page, 480))
    page = window("nino", address(models.Visit, "change", visit.pk))
    keep("publication", top_of(page, 620))
    page = window("nino", address(models.Visit, "act", visit.pk, "submit"))
    keep("submit", page.screenshot(full_page=True))
    page = window("elchin", "/admin/work/?list=waiting")
    keep("work", top_of(page, 420))
    page = window("elchin", address(models.Visit, "act", waiting.pk, "approve"))
    keep("approve", top_of(page, 370))
    page = window("nino", address(models.Visit, "review", visit.pk))
    keep("review", top_of(page, 460))
