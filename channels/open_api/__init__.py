"""The open catalogue: what everyone may read of it, as HSDS 3.0 over HTTP, for websites and other catalogues."""
