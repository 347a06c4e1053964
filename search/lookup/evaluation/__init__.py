"""How well the service finds: judged sets, measures, typing errors. Uses the service as anybody."""
