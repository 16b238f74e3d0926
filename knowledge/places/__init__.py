"""Where people live: municipalities, postcodes, names as people type them, distance without a network."""
