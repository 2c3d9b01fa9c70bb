"""The only Streamlit code in ttt."""
