"""Writing the hub: one function per thing a person or an importer does."""
