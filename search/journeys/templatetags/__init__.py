"""Tags of the admin pages whose figures come from journeys."""
