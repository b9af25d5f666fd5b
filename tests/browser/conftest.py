"""Who sits before the browser: an editor who is signed in; what they find: the demonstration."""

from urllib.parse import urlsplit

import pytest
from django.core.management import call_command


@pytest.fixture
def demo(transactional_db):
    call_command("load_demo", verbosity=0)


@pytest.fixture
def desk(page, client, settings, live_server, django_user_model):
    """A window in which an editor is signed in. The test fails if a page asks another server for anything."""
    client.force_login(django_user_model.objects.create_superuser("editor", password="a long pass phrase"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    hosts, errors = set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_viewport_size({"width": 1400, "height": 1000})
    yield page
    assert hosts - {""} == {urlsplit(live_server.url).netloc}
    assert errors == []
