"""Parameters of the API that were asked with before are not read and checked again.

To read an address and to check what it says takes longer than to find a remembered answer. What an
address says depends on nothing but itself; who asks, and how often, is seen to at each call.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.operation import Operation

Asked = TypeVar("Asked", bound=Schema)
Run = Callable[..., HttpResponse]

#: Addresses that a process remembers, and characters of one.
MOST, LONGEST = 2000, 500

_known: OrderedDict[tuple[type[Schema], str, str], Schema] = OrderedDict()
_lock = threading.Lock()


def read_once(schema: type[Asked]) -> Callable[[Run], Run]:
    """For `ninja.decorators.decorate_view`, where ``schema`` is all that an operation is asked
    with, as ``asked``; the operation itself has to `keep` it."""

    def decorate(run: Run) -> Run:
        operation: Operation = cast(Any, run).__self__

        @wraps(run)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            asked = _known.get(_key(schema, request))
            if asked is None:
                return run(request, *args, **kwargs)
            if refused := operation._run_checks(request):
                return refused
            try:
                return operation.view_func(request, asked=asked)
            except Exception as error:  # noqa: BLE001 the API words all of them
                return operation.api.on_exception(request, error)

        return answered

    return decorate


def keep(request: HttpRequest, asked: Schema) -> None:
    """Remember what the address of ``request`` was found to say."""
    key = _key(type(asked), request)
    if key in _known or len(key[1]) > LONGEST:
        return
    with _lock:
        _known[key] = asked
        while len(_known) > MOST:
            _known.popitem(last=False)


def _key(schema: type[Schema], request: HttpRequest) -> tuple[type[Schema], str, str]:
    # The type of a body, which need not be there, may name the letters of the address.
    given = request.META
    return schema, given.get("QUERY_STRING", ""), given.get("CONTENT_TYPE", "")
