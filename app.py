"""The door for `streamlit run app.py`."""

import streamlit as st

from explorer.door import MIDDLEWARE, ROUTES, SCRIPT, run, tell_failure

app = st.App(
    SCRIPT, routes=ROUTES, middleware=MIDDLEWARE, lifespan=run, on_script_error=tell_failure
)
