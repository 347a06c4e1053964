"""The background process: queued tasks, the index's outbox and the schedule, side by side."""
