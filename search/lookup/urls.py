"""Addresses of the search under a language's prefix."""

from django.urls import path

from . import contact, rating, views
from .outside import feeds

app_name = "lookup"
urlpatterns = [
    path("search/", views.results, name="search"),
    path("vote/<int:entry>/", views.vote, name="vote"),
    path("consent/", views.consent, name="consent"),
    path("contact/", contact.contact, name="contact"),
    path("contact/answers/", contact.offers, name="contact_offers"),
    path("contact/solved/", contact.solved, name="contact_solved"),
    path("contact/sent/<str:token>/", contact.contact_sent, name="contact_sent"),
    path("contact/rating/<str:token>/", rating.rating, name="contact_rating"),
    path("feeds/<int:category>/", feeds.category_feed, name="feed"),
]
