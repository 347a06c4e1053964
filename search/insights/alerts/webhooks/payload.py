"""What a webhook is told, as JSON; the fields of an event keep their names."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils import timezone

from content.audience import Audience
from search.insights.alerts import wording
from search.insights.alerts.measures import MEASURES
from search.insights.alerts.models import Alert, Delivery

_KEPT = (
    *("joined", "measure", "comparison", "operator", "threshold", "hours", "minimum", "holds"),
    *("value", "n", "before", "change"),
)


def of(delivery: Delivery) -> bytes:
    """The body of ``delivery``, as far as the readers of its webhook may see."""
    data: dict[str, Any] = {"site": settings.BASE_URL}
    if delivery.alert is not None and delivery.webhook is not None:
        data |= _alert(delivery.alert, Audience(delivery.webhook.audience))
    event = {
        "type": f"alert.{delivery.event}",
        "timestamp": timezone.now().isoformat(),
        "data": data,
    }
    return json.dumps(event, ensure_ascii=False).encode()


def _alert(alert: Alert, reader: Audience) -> dict[str, Any]:
    seen = reader.sees(alert.words_for)
    groups = [group for row in alert.found for group in row["groups"]]
    words = wording.group_words(groups, reader)
    return {
        "id": alert.pk,
        "url": wording.address(alert),
        "level": alert.level,
        "state": alert.state,
        "name": alert.name if seen else None,
        "notes": alert.notes if seen else None,
        "begun": alert.begun.isoformat(),
        "ended": alert.ended.isoformat() if alert.ended else None,
        "narrowed": {key: value for key, value in alert.narrowed.items() if value},
        "conditions": [_condition(row, words) for row in alert.found],
    }


def _condition(row: dict[str, Any], words: wording.Words) -> dict[str, Any]:
    unit = MEASURES[row["measure"]].unit.value if row["measure"] in MEASURES else ""
    return {name: row[name] for name in _KEPT} | {
        "unit": unit,
        "text": wording.asks(row),
        "groups": [
            {**group, "question": words.get((group["of"], group["id"]))} for group in row["groups"]
        ],
    }
