"""The server's log tells where and of what kind, whatever way Python takes to tell it."""

import subprocess
import sys

TROUBLE = """
import logging, threading, warnings
from explorer.serverlog import withhold_values
withhold_values()
class Gone:
    def __del__(self):
        raise LookupError("Ada Example")
def fail():
    raise ArithmeticError("Ada Example")
Gone()
warnings.warn("Ada Example", stacklevel=1)
logging.error("of %s", "Ada Example")
one = threading.Thread(target=fail)
one.start()
one.join()
raise EOFError("Ada Example")
"""


def test_no_way_of_python_to_tell_a_failure_tells_a_value() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", TROUBLE], capture_output=True, text=True, check=False, timeout=60
    )
    told = ran.stdout + ran.stderr
    assert "Ada" not in told
    assert all(kind in told for kind in ("LookupError", "ArithmeticError", "EOFError"))
