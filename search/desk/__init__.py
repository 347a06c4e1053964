"""The agent's console."""
