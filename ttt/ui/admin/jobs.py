"""Background jobs as admins see them."""

from collections.abc import Sequence

import streamlit as st

from ttt.jobs import queue
from ttt.jobs.queue import Job
from ttt.services.person import Person
from ttt.ui.frame import notices, process
from ttt.ui.frame.listing import table, times

_WHERE = {
    "app": "They run in the app itself.",
    "worker": "They run in processes of their own: `python -m ttt worker`.",
    "off": "`TTT_JOBS` is off: none is started.",
}


def listed(person: Person) -> None:
    """What runs, ran and failed, and a button to do a failed job again."""
    context = process.context()
    st.header("Jobs", anchor=False)
    where = _WHERE[context.settings.jobs]
    st.caption(f"Look-ups of values, daily snapshots and playlists on their way. {where}")
    jobs = queue.listed(context, person)
    if not jobs:
        st.markdown("No job has run yet.")
        return
    for job in jobs:
        if job.can_retry:
            _failed(person, job)
    _table(jobs)


def _failed(person: Person, job: Job) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        reason = notices.plain(job.error or job.state)
        st.markdown(f"**{job.name}** {notices.plain(job.about)}: {reason}")
        if st.button(
            notices.about("Retry", job.about), key=f"retry-{job.id}", icon=":material/replay:"
        ):
            queue.retry(process.context(), person, job.id)
            st.rerun()


def _table(jobs: Sequence[Job]) -> None:
    rows = [(job.name, job.about, job.state.value, times.at(job.created_at)) for job in jobs]
    table.show("Jobs", ("Job", "For", "State", "Since"), rows)
