"""Launcher: `streamlit run app.py` or `python -m ttt serve`.

The main script lies in the package, not here: beside a folder named pages, Streamlit would
run pages without it, and so without the sign-in.
"""

import streamlit as st
from starlette.routing import Mount
from streamlit import config

from ttt.demo.app import create as create_demo
from ttt.settings import DEMO_PATH
from ttt.ui import ended, failing
from ttt.ui.frame import navigation, process, tokens
from ttt.web import app as web
from ttt.web.guards.gate import WhileInUse

# Streamlit makes Python look for garbage after each run, in everything that is loaded: several
# times the work of a page. Python does it by itself whenever enough has come together.
config.set_option("runner.postScriptGC", False)
# Its tracebacks cost fifty times the page that failed, so a short outage would stop everybody.
config.set_option("logger.enableRich", False)

context = process.context()
demo = create_demo(context.settings, key=process.demo_key)

app = st.App(
    "ttt/ui/main.py",
    routes=[
        *web.routes(context),
        Mount(DEMO_PATH, WhileInUse(demo, context)),
    ],
    middleware=web.middleware(context, navigation.paths(), tokens.sheet()),
    lifespan=ended.freed_soon(web.lifespan(context)),
    exception_handlers=web.exception_handlers(),
    on_script_error=failing.show,
)
