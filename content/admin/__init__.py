"""The list of all entries in the admin, and the verification of one."""
