"""Addresses without a language."""

from django.urls import path

from . import views

urlpatterns = [path("", views.root)]
