"""The tables of this room, for Django to find."""

from cms.branding import BrandSettings
from cms.tokens.models import ApiToken
from cms.troubles.models import Trouble
from cms.worker.models import Heartbeat, JobRun

__all__ = ["ApiToken", "BrandSettings", "Heartbeat", "JobRun", "Trouble"]
