"""An editor at the admin's own pages, over HTTP."""

from __future__ import annotations

import time
from typing import Any

import requests
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

NAME = "bench"


class Editor:
    """Somebody who has signed in and may publish."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()
        door = f"{address}/admin/login/"
        self.session.get(door, timeout=60).raise_for_status()
        data = {"username": NAME, "password": NAME, **self._token()}
        answer = self.session.post(door, data, timeout=60, allow_redirects=False)
        if answer.status_code != 302:
            raise RuntimeError(f"{door} answers {answer.status_code}")

    def publish(self, page: int, body: list[dict[str, Any]]) -> float:
        """Opens the page, replaces its body, presses "Publish"; seconds that the last one took."""
        where = f"{self.address}/admin/pages/{page}/edit/"
        shown = self.session.get(where, timeout=60)
        shown.raise_for_status()
        form = querydict_from_html(shown.text, form_id="page-edit-form")
        blocks = [(block["type"], block["value"]) for block in body]
        form.update(nested_form_data({"body": streamfield(blocks)}))
        form["action-publish"] = "1"
        data = {name: form.getlist(name) for name in form} | self._token()
        started = time.perf_counter()
        answer = self.session.post(where, data, timeout=60, allow_redirects=False)
        seconds = time.perf_counter() - started
        if answer.status_code != 302:
            raise RuntimeError(f"{where} answers {answer.status_code}: not published")
        return seconds

    def _token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self.session.cookies["csrftoken"]}


def ensure_editor() -> None:
    """The same person on our own site."""
    from django.contrib.auth.models import Group, User

    from content.roles import REVIEWERS

    user, made = User.objects.get_or_create(username=NAME)
    if made:
        user.set_password(NAME)
        user.save()
    user.groups.add(Group.objects.get(name=REVIEWERS))
