"""The door for `streamlit run app.py`."""

from explorer.main import main

main()
