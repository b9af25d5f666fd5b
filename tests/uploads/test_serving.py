import hashlib

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from relations.models import Country, Revision

from .making import attachment, image, painted, pdf, record, upload, written

pytestmark = pytest.mark.django_db

PUBLIC, HIDDEN = 200, 404


def made(case):
    """Make what a case is about; return the address of its file and whether visitors may have it."""
    match case:
        case "picture of a public record":
            shown = image()
            record(image=shown)
            return shown.file, PUBLIC
        case "picture of a public record and of a draft":
            shown = image()
            record(image=shown)
            record(image=shown, is_public=False)
            return shown.file, PUBLIC
        case "size of a public picture":
            shown = image()
            record(image=shown)
            return shown.file.square, PUBLIC
        case "picture of a draft":
            shown = image()
            record(image=shown, is_public=False)
            return shown.file, HIDDEN
        case "size of a picture of a draft":
            shown = image()
            record(image=shown, is_public=False)
            return shown.file.square, HIDDEN
        case "picture of nothing":
            return image().file, HIDDEN
        case "picture without licence":
            shown = image(licence="")
            record(image=shown)
            return shown.file, HIDDEN
        case "picture without description":
            shown = image(alt_en="")
            record(image=shown)
            return shown.file, HIDDEN
        case "decorative picture":
            shown = image(alt_en="", is_decorative=True)
            record(image=shown)
            return shown.file, PUBLIC
        case "document of a public record":
            return attachment().file, PUBLIC
        case "document of a draft":
            return attachment(record=record(is_public=False)).file, HIDDEN
        case "flag":
            flag = upload(written(painted(), "PNG"))
            return Country.objects.create(code="QQ", slug="qq", name_en="Q", flag=flag).flag, PUBLIC


CASES = [
    "picture of a public record",
    "picture of a public record and of a draft",
    "size of a public picture",
    "picture of a draft",
    "size of a picture of a draft",
    "picture of nothing",
    "picture without licence",
    "picture without description",
    "decorative picture",
    "document of a public record",
    "document of a draft",
    "flag",
]
CONDITIONS = [
    {},
    {"If-None-Match": "*"},
    {"If-Match": '"other"'},
    {"If-Match": "*"},
    {"Range": "bytes=0-1"},
    {"If-Modified-Since": "Sat, 01 Jan 2050 00:00:00 GMT"},
    {"If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
    {"X-Original-URL": "/media/x"},
]


@pytest.mark.parametrize("case", CASES)
def test_visitors_get_what_something_public_shows(client, case):
    file, status = made(case)

    assert client.get(file.url).status_code == status


@pytest.mark.parametrize("headers", CONDITIONS, ids=str)
@pytest.mark.parametrize("query", ["", "?preview=1"])
def test_secret_file_is_not_there_under_any_condition(client, headers, query):
    file, _status = made("picture of a draft")

    assert client.get(file.url + query, headers=headers).status_code == 404
    assert client.head(file.url + query, headers=headers).status_code == 404


@pytest.mark.parametrize("case", ["picture of a public record", "document of a public record"])
def test_served_file_is_nothing_but_a_file(client, case):
    file, _status = made(case)

    for response in (client.get(file.url), client.get(file.url, headers={"If-None-Match": "*"})):
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Cache-Control"] == "public, no-cache"
        assert "Set-Cookie" not in response


def test_picture_is_shown_in_place(client, media_root):
    file, _status = made("picture of a public record")

    response = client.get(file.url)

    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline;")
    assert response.body == (media_root / file.name).read_bytes()


def test_document_is_a_download_under_its_title(client):
    text = attachment(title_en="", title_ka="შეთანხმება", language="ka")

    response = client.get(text.file.url)

    assert response["Content-Type"] == "application/pdf"
    name = "%E1%83%A8%E1%83%94%E1%83%97%E1%83%90%E1%83%9C%E1%83%AE%E1%83%9B%E1%83%94%E1%83%91%E1%83%90.pdf"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert hashlib.sha256(response.body).hexdigest() == text.checksum
    assert text.size == len(pdf())


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("../../etc/passwd", 'filename="etc passwd.pdf"'),
        ("..\\..\\boot.ini", 'filename="boot.ini.pdf"'),
        ("a\r\nSet-Cookie: x=1", 'filename="a Set-Cookie x=1.pdf"'),
        ('a"; filename="b.exe', 'filename="a ; filename= b.exe.pdf"'),
        ("treaty\u202efdp.exe", 'filename="treaty fdp.exe.pdf"'),
        ("t" * 200, f'filename="{"t" * 100}.pdf"'),
        ("nul\x7fbyte", 'filename="nul byte.pdf"'),
        ("<script>", 'filename="script.pdf"'),
        (".htaccess", 'filename="htaccess.pdf"'),
        ("100 % agreed; truly", 'filename="100 % agreed; truly.pdf"'),
    ],
)
def test_hostile_title_is_a_harmless_name(client, title, shown):
    text = attachment(title_en=title)

    assert client.get(text.file.url)["Content-Disposition"] == f"attachment; {shown}"


def test_known_file_is_not_sent_again(client):
    file, _status = made("picture of a public record")
    etag = client.get(file.url)["ETag"]

    assert client.get(file.url, headers={"If-None-Match": etag}).status_code == 304


def test_withdrawn_file_is_gone_at_once(client):
    shown = image()
    report = record(image=shown)
    etag = client.get(shown.file.url)["ETag"]

    report.is_public = False
    report.save()

    assert client.get(shown.file.url, headers={"If-None-Match": etag}).status_code == 404


def test_replaced_and_deleted_files_are_gone_at_once(client):
    text = attachment()
    first = text.file.url
    text.file = upload(pdf(b"/Lang (ka)"), "second.pdf")
    text.save()
    second = text.file.url
    assert [client.get(first).status_code, client.get(second).status_code] == [404, 200]

    text.delete()

    assert client.get(second).status_code == 404


def test_square_around_a_former_focus_is_gone(client):
    shown = image()
    record(image=shown)
    former = shown.file.square.url

    shown.focal_x = 0
    shown.save()

    assert client.get(former).status_code == 404
    assert client.get(shown.file.square.url).status_code == 200


def test_missing_size_is_answered_with_the_picture(client):
    shown = image()
    record(image=shown)
    shown.file.storage.delete(shown.file.square.name)

    response = client.get(shown.file.square.url)

    assert response["Content-Type"] == "image/jpeg"
    assert response["ETag"] == f'"{shown.file.name}"'


def test_lost_file_is_not_found(client):
    file, _status = made("document of a public record")
    file.storage.delete(file.name)

    assert client.get(file.url).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "images/../../../etc/passwd",
        "images/..%2f..%2fetc%2fpasswd",
        "/etc/passwd",
        "images/",
        "images",
        "x.jpg",
        "files/%2e%2e/%2e%2e/manage.py",
        f"images/{'0' * 32}.jpg",
        f"images/{'0' * 32}.svg",
        f"images/{'0' * 32}.jpg/../../../secret.jpg",
        "images/" + "a" * 3000 + ".jpg",
        "files/‮fdp.pdf",
    ],
)
@pytest.mark.parametrize("route", ["/media/", "/admin/media/"])
def test_no_address_leads_out_of_the_storage(client, admin_client, media_root, path, route):
    (media_root / "images").mkdir(parents=True)
    (media_root.parent / "secret.jpg").write_bytes(b"secret")
    visitor = admin_client if route.startswith("/admin") else client

    assert visitor.get(route + path).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_files_are_only_read(client, method):
    file, _status = made("picture of a public record")

    assert getattr(client, method)(file.url).status_code == 405


def test_staff_see_drafts_at_their_own_address(client):
    file, _status = made("picture of a draft")
    editor = User.objects.create_user("editor", is_staff=True)
    address = reverse("staff_media", args=[file.name])
    client.force_login(editor)
    assert client.get(address).status_code == 403
    assert client.get(file.url).status_code == 404

    editor.user_permissions.add(Permission.objects.get(codename="view_image"))

    response = client.get(address)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_staff_see_a_file_that_only_a_draft_names(admin_client):
    text, forgotten = attachment(), attachment()
    Revision(document={"file": text.file.name}).about(text.record).save()
    text.delete()
    forgotten.delete()

    response = admin_client.get(text.file.staff_url)

    assert response["Content-Disposition"].startswith("attachment;")
    assert admin_client.get(forgotten.file.staff_url).status_code == 404


def test_strangers_do_not_reach_the_address_of_staff(client):
    file, _status = made("picture of a public record")
    member = User.objects.create_user("member")

    assert client.get(file.staff_url).status_code == 302
    client.force_login(member)
    assert client.get(file.staff_url).status_code == 302
