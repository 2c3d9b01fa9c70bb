"""The page that everything is measured against: what a run costs when a page does nothing."""

import streamlit as st

st.write("hi")
