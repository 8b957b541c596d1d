"""The door for `streamlit run app.py`."""

import streamlit as st

from explorer.door import MIDDLEWARE, SCRIPT

app = st.App(SCRIPT, middleware=MIDDLEWARE)
