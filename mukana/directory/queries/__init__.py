"""Reading the hub, one subject a file: `rows` for lists, `entry` for a page, `week`, `places`, `feedback`, `sources`."""
