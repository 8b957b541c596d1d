"""Who looks at the page that runs: the user who has logged in, or whoever sits at this machine."""

from __future__ import annotations

import streamlit as st

from explorer.access.guard import NOBODY, cookie_of
from explorer.access.nearness import is_forwarded
from explorer.access.sessions import SESSIONS
from explorer.access.users import User, Users
from explorer.settings import read_settings
from ingest.objections import RefusedError
from ingest.roles import Member


def member_here() -> Member | None:
    """Return under which name and role somebody has logged in; None where nobody has to.

    Raises RefusedError when nobody is logged in who should be.
    """
    user = user_here()
    return user.member if user else None


def user_here() -> User | None:
    """Return who has logged in; None where nobody has to, on this machine without users.

    The door has asked already; whoever runs the pages without it comes no further than here.
    Raises RefusedError when nobody is logged in who should be.
    """
    home = read_settings().home
    users = Users(home)
    if users.read():
        user = SESSIONS.user(st.context.cookies.get(cookie_of(home)), users)
        if user is None:
            raise RefusedError("Nobody is logged in here. Load the page again and log in.")
        return user
    # Streamlit gives an address only where the call is not from this machine.
    address = st.context.ip_address
    if isinstance(address, str) or is_forwarded(st.context.headers):
        raise RefusedError(NOBODY)
    return None
