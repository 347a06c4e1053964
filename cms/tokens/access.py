"""Who calls the API: the owner of a token, a reader of this site's own pages, or anybody."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from content.prepared import rows

from .models import ApiToken

_COLUMNS = [field.attname for field in User._meta.concrete_fields]
#: How exactly the last use of a token is known.
_USED = timedelta(minutes=5)


def create(user: Any, name: str) -> str:
    """A new token of ``user``. It is returned this once; only its digest is kept."""
    token = f"zhida_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(user=user, name=name, digest=digest(token))
    return token


def digest(token: str) -> str:
    """SHA-256 (hex) of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def identify(request: HttpRequest) -> Any:
    """Sets ``request.user`` to whom the call comes from; true for everybody.

    A wrong token is refused (401) rather than taken for a call without one.
    """
    header = request.META.get("HTTP_AUTHORIZATION", "")
    scheme, _sep, token = header.partition(" ")
    if scheme.lower() == "bearer":
        request.user = _owner(token.strip())
        # The caller is the token's owner; a cookie that came along is somebody else's.
        request.COOKIES.pop("zhida_client", None)
    elif not _from_here(request):
        request.user = AnonymousUser()
    return True


def _owner(token: str) -> User:
    found = next(rows(_kept, [digest(token)]), None)
    if found is None:
        raise HttpError(401, _("This token is not known, or its owner is no longer active."))
    pk, last_used, *values = found
    now = timezone.now()
    if last_used is None or now - last_used > _USED:
        ApiToken.objects.filter(pk=pk).update(last_used=now)
    return User.from_db("default", _COLUMNS, values)


def _kept(digests: Iterable[str]) -> QuerySet:
    found = ApiToken.objects.filter(digest__in=digests, user__is_active=True).order_by()
    return found.values_list("pk", "last_used", *(f"user__{name}" for name in _COLUMNS))


def _from_here(request: HttpRequest) -> bool:
    """Whether a page of this site made the call: browsers say so, and scripts cannot forge it."""
    sent = request.META
    site = sent.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return bool(site == "same-origin")
    origin = sent.get("HTTP_ORIGIN") or sent.get("HTTP_REFERER")
    return bool(origin) and urlsplit(origin).netloc == request.get_host()
