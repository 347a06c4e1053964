"""Settings: ``development``, ``production`` and ``test``, all on ``base``."""
