"""Why people do not find what they search for, and what would help: the diagnosis of a gap."""
