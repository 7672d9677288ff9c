"""Pure Python without Django models: what every app may stand on."""
