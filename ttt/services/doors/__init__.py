"""How people come in and stay in: signing in, second factor, OpenID, links that are good once."""
