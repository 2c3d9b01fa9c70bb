"""Addresses that answer besides Streamlit: for browsers, players and whoever has a link."""
