"""ASGI: what is looked at before anything answers, and what answers besides Streamlit."""
