"""Addresses without a language."""

from django.urls import path

from . import previews, views

urlpatterns = [
    path("", views.root),
    path("preview/<str:key>/", previews.preview, name="preview"),
    path("preview/<str:key>/media/<path:name>", previews.preview_media, name="preview_media"),
]
