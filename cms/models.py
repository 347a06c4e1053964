"""The tables of this room, for Django to find."""

from cms.worker.models import Heartbeat, JobRun

__all__ = ["Heartbeat", "JobRun"]
