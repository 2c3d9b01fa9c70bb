"""What people really played: taken in, judged, kept and measured.

For the page of imports, all of it plain data; files are brought by modules of `bringing`:

    imports.overview(context, person) -> Overview(running, past)
        Import(upload, receipt, progress: "142,000 of about 200,515 rows, 2016 to 2021")
    gaps.listed(context, person) -> [Gap(from_at, until_at, reason, is_closed)]
    uploads.find(context, person, id) -> Upload(state, question, error, rows, ...); `uploads.State`
    receipt.refused_rows(context, person, id) -> [RefusedPlay(row, file, reason, text)]
    importing.answer(context, person, id, zone=, columns=, folders=, mine=)  # then jobs.plays.start
    importing.in_file(context, person, id) -> history_files.Reading: the folders, for the question
    importing.undo(context, person, id)           # the row comes back as State.UNDONE
    heard.progress(context, person) -> Progress(total, waiting) of the most heard tracks
    choices.hiding: hide, listed, show; choices.joining: join, part

A file comes in through ttt/web/routes/uploads.py (or uploads.begin and uploads.put), and
`jobs.plays.start(context, person, id)` has it imported; the routes do that by themselves.

How it fits together: `taking` keeps told plays, each once for a source, and never judges;
`judging` says of all told plays together which count; `deriving` does so for the stretches of time
that other plays came into, and writes those that count, a page a year,
and raises the person's play revision. `importing` goes from an upload to its receipt by way of
`reading` (a block and how far it is in one transaction), `undoing` takes it back.
"""
