"""Addresses under a language."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("countries/", views.country_list, name="country_list"),
    path("countries/<slug:slug>/", views.country_detail, name="country_detail"),
    path("relations/", views.relation_list, name="relation_list"),
    path("relations/<slug:pair>/", views.relation_detail, name="relation_detail"),
    path("records/", views.record_list, name="record_list"),
    path("records/<int:number>/", views.record_detail),
    path("records/<int:number>/<str:slug>/", views.record_detail, name="record_detail"),
    path(
        "records/<int:number>/versions/<int:major>.<int:minor>/", views.record_version, name="record_version"
    ),
    path("sectors/<slug:slug>/", views.sector_detail, name="sector_detail"),
    path("organisations/<int:number>/", views.organisation_detail),
    path("organisations/<int:number>/<str:slug>/", views.organisation_detail, name="organisation_detail"),
    path("people/<int:number>/", views.person_detail),
    path("people/<int:number>/<str:slug>/", views.person_detail, name="person_detail"),
    path("<slug:slug>/", views.page_detail, name="page_detail"),
]
