"""What every answer to a visitor carries, and what none does."""

import pytest

KINDS = {
    "/en/": 200,
    "/ka/relations/azerbaijan-georgia/?year=2010": 200,
    "/en/relations/ge-az/": 301,
    "/": 302,
    "/en/nothing/": 404,
    "/no/such/thing/": 404,
    "/en/?q=%00": 400,
    "/en/records/?page=0": 404,
}


@pytest.mark.parametrize("address", KINDS)
def test_no_visitor_gets_a_cookie_and_every_answer_a_policy(content, client, address):
    client.cookies["sessionid"] = "guessed"
    client.cookies["django_language"] = "ru"

    answer = client.get(address)

    assert answer.status_code == KINDS[address]
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers
    assert "cookie" not in answer.get("Vary", "").lower()
    policy = answer["Content-Security-Policy"]
    for directive in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ):
        assert directive in policy
    for loophole in ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "nonce-"):
        assert loophole not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/en/", "/en/relations/azerbaijan-georgia/", "/ka/records/"])
def test_a_page_is_the_same_for_everyone(content, client, address, django_user_model):
    before = client.get(address).content
    client.force_login(django_user_model.objects.create_superuser("chief"))
    client.cookies["django_language"] = "ru"

    after = client.get(address, headers={"Accept-Language": "ru", "User-Agent": "other"}).content

    assert before == after
