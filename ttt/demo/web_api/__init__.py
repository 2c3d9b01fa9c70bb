"""The demo's Web API: what can be asked for, and what it keeps to answer."""
