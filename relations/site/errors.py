"""Error pages in the visitor's language."""

from django.shortcuts import render
from django.utils.translation import activate, get_language_from_request

# An error page asks the database nothing: the error may be the database's.
WITHOUT_FURNITURE = {"staff_pages": (), "notices": ()}


def answer(request, template, status):
    # An error can come before the language was chosen, and outside any language's addresses.
    activate(get_language_from_request(request, check_path=True))
    return render(request, template, WITHOUT_FURNITURE, status=status)


def bad_request(request, exception):
    return answer(request, "400.html", 400)


def permission_denied(request, exception):
    return answer(request, "403.html", 403)


def page_not_found(request, exception):
    return answer(request, "404.html", 404)


def server_error(request):
    return answer(request, "500.html", 500)
