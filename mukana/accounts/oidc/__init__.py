"""Logging in with an organisation's own login service: OpenID Connect, authorization code with PKCE and nonce."""
