"""ASGI: session routes, health, security headers, request log."""
