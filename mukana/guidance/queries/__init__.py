"""Reading for guidance, one subject a file: `facts` of entries, `suggesting`."""
