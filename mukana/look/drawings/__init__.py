"""Pictures made by the server from tokens: no file to fetch, every theme for free."""
