"""Files behind jobs and datastores. Paths that come from outside are resolved inside their root, or refused."""
