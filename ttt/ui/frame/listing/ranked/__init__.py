"""Ranked lists: one element of the page for any number of rows, with columns as data.

`shape` says what rows and columns are, `element` draws them and returns what was ticked. Who fills
them (`tracks.of_tracks` for tracks, accounts, a chart of the week, latest plays, what a search
found) brings rows and columns:

    columns = [Column("Plays", "number", "44px"), Column("Energy", "bar", "40px", colour="energy")]
    rows = [Row("spotify:track:1", "Toxicity", "System Of A Down", cells=("25", ("0.87", 87)))]
    element.show(rows, columns, "chart", Style("Tracks of the week", ticks=False))
"""
