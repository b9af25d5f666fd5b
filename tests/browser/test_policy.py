"""What a strict browser sees: no cookie, nothing stored, nobody else asked, no word of complaint."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from relations.models import ReleaseSet
from relations.publishing import audit
from tests import factories

from . import addresses

pytestmark = pytest.mark.browser


class Watch:
    """Whatever a page does that a strict browser objects to, page by page."""

    def __init__(self, page, server):
        self.page = page
        self.host = urlsplit(server.url).netloc
        self.found = {}
        self.address = None
        page.on("request", self.look_at_request)
        page.on("response", self.look_at_response)
        page.on("console", self.listen)
        page.on("pageerror", lambda error: self.note(f"error: {error}"))

    def visit(self, address):
        self.address = address
        self.page.goto(address)

    def note(self, what):
        self.found.setdefault(self.address, []).append(what)

    def look_at_request(self, request):
        asked = urlsplit(request.url)
        if asked.scheme != "data" and asked.netloc != self.host:
            self.note(f"asks {asked.netloc}")

    def look_at_response(self, response):
        if response.status >= 400 and not response.request.is_navigation_request():
            self.note(f"{response.status} for {response.url}")

    def listen(self, message):
        # That a page is not there is what its address asks for.
        is_of_page = message.location["url"] == self.page.url and "status of 404" in message.text
        if message.type in {"error", "warning"} and not is_of_page:
            self.note(f"{message.type}: {message.text}")

    def look_for_traces(self):
        if self.page.context.cookies():
            self.note("leaves a cookie")
        if self.page.evaluate("localStorage.length + sessionStorage.length"):
            self.note("stores something")


@pytest.fixture
def watch(page, live_server):
    return Watch(page, live_server)


def test_watch_notices_each_offence(chromium, live_server):
    """In a window of its own: that of the other tests must not see the like."""
    body = """<script>localStorage.x = 1; throw new Error("offended")</script><p style="color: red">
        <img src="http://elsewhere.invalid/a.png"><img src="/missing.png">"""
    csp = "default-src 'self' http:; script-src 'unsafe-inline'"
    headers = {"Set-Cookie": "seen=1", "Content-Security-Policy": csp, "Content-Type": "text/html"}
    context = chromium.new_context(base_url=live_server.url)
    context.route("**/bad/", lambda route: route.fulfill(body=body, headers=headers))
    context.route("**/*.png", lambda route: route.fulfill(status=404))
    watch = Watch(context.new_page(), live_server)

    watch.visit("/bad/")
    watch.look_for_traces()
    context.close()

    found = " ".join(watch.found["/bad/"])
    for offence in ("asks elsewhere.invalid", "404 for", "offended", "leaves a cookie", "stores something"):
        assert offence in found
    assert "Content Security Policy" in found


@pytest.mark.parametrize("code", ["en", "ka"])
def test_public_pages_leave_nothing_and_ask_nobody(demo, watch, code):
    every = addresses.public(code)
    for address in every:
        watch.visit(address)
        watch.look_for_traces()

    assert len(every) > 12
    assert watch.found == {}


def test_every_page_of_the_admin_keeps_the_policy(demo, desk, watch):
    factories.visit(image=factories.image())
    factories.event()
    Group.objects.get_or_create(name="Editors")
    ReleaseSet.objects.create(name="Transit")
    audit.note(None, "export")
    factories.deletion()

    every = addresses.staff()
    for address in every:
        watch.visit(address)
    desk.get_by_role("button", name="Log out").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Logged out")
    watch.visit("/admin/login/")

    assert len(every) > 75
    assert watch.found == {}
