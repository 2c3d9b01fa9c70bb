"""The demo's accounts service: who may be chosen, the consent page, and tokens."""
