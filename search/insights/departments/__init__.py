"""Who owns what customers meet: departments, their touchpoints, and what each is told every week.
May use the gaps and questions of this room, and the queue of messages (`alerts`)."""
