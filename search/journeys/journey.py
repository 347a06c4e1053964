"""Who is asking: the one value that travels from a request to the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

VisitorKind = Literal["customer", "agent", "staff", "robot"]


@dataclass(frozen=True, slots=True)
class Journey:
    """One visitor, as far as they let us know them.

    ``client_id`` is random and "" where nothing may be kept; ``consent`` says whether searches,
    clicks and reads may be recorded at all. ``at`` is set only where history is made after the
    fact (demonstration, imports): the time (aware) that records take instead of now.
    """

    client_id: str
    kind: VisitorKind = "customer"
    consent: bool = True
    user_id: int | None = None
    at: datetime | None = None

    @property
    def recorded(self) -> bool:
        """Whether searches, clicks and reads of this visitor are written down."""
        return self.consent and bool(self.client_id)
