"""A rule with its conditions, the alerts it opened, and what is still to be sent."""

from ..webhooks.models import Webhook
from .deliveries import Delivery
from .opened import Alert, AlertStep
from .rules import AlertRule, Condition, Level
from .settings import AlertSettings

__all__ = [
    "Alert",
    "AlertRule",
    "AlertSettings",
    "AlertStep",
    "Condition",
    "Delivery",
    "Level",
    "Webhook",
]
