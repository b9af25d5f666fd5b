"""Reading a preview and the public page it is to be like."""

import re

from django.test import Client
from django.utils.translation import override

from tests.admin.pages import address

OF_A_PREVIEW = (
    re.compile(r'<aside class="preview-bar".*?</aside>', re.DOTALL),
    re.compile(r'<link rel="stylesheet" href="[^"]*site/preview.css">'),
    re.compile(r'<meta name="robots"[^>]*>'),
)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def preview(client, thing, language="en", place=0):
    query = {"language": language, "place": place}
    return client.get(address(type(thing), "preview", thing.pk), query)


def as_page(response, path):
    """The lines of a page, without what only a preview has."""
    html = response.content.decode().replace('href="?', f'href="{path}?')
    for pattern in OF_A_PREVIEW:
        html = pattern.sub("", html)
    return [line.strip() for line in html.splitlines() if line.strip()]


def public_page(address):
    path = address.split("#")[0]
    return as_page(Client().get(path), path.split("?")[0])


def address_of(thing, language):
    with override(language):
        return thing.get_absolute_url()
