"""The directory as HSDS 3.x, to read: services, organisations, taxonomies and services at their places."""
