"""From a need to offers that fit, with every reason why; pure functions over values."""
