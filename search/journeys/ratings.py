"""Answers to the questions after a contact, and the address at which they are asked."""

from __future__ import annotations

from collections.abc import Mapping

from django.core import signing

from .models import SCALES, Contact, Rating

_SALT = "zhida.rating"
#: Seconds for which the address works.
OPEN_FOR = 60 * 24 * 3600


def token_of(contact: Contact) -> str:
    """What stands in the address; it names the contact and cannot be guessed."""
    return signing.dumps(contact.pk, salt=_SALT)


def contact_of(token: str) -> Contact | None:
    """The contact that a token names; None where it names none, or no longer."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    return Contact.objects.filter(pk=pk).first()


def rate(contact: Contact, answers: Mapping[str, int]) -> None:
    """Keep these answers; what was answered before and is left out now stays.

    Raises ValueError where an answer is not on its scale.
    """
    for measure, value in answers.items():
        low, high = SCALES[measure]
        if not low <= value <= high:
            raise ValueError(f"{measure} is between {low} and {high}, not {value}.")
    for measure, value in answers.items():
        Rating.objects.update_or_create(contact=contact, measure=measure, defaults={"value": value})
