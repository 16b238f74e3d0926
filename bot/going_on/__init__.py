"""Going on elsewhere: her own code, with which a talk that began in one place goes on in another (R19, ADR 14)."""
