"""What every page stands in, from the top down.

A page is composed of these parts, in this order; each is there once, and none moves another:

    person = session.require_user()
    layout.head("Listening", "29 Nov to today · 347 of 365 days recorded")   # title, what and when
    with layout.choices():                  # the one row of choices, chips and what is done
        ...
    in_numbers.show([in_numbers.Number("Plays", "9,505", words="16 % more")])   # ttt/ui/figures
    listed, charts = layout.beside(50, panels.ALL)   # the thing, and charts beside, below, or a tab
    with listed:
        element.show(rows, columns, key)    # ttt/ui/frame/listing/ranked: any ranked list
    panels.charts(charts, ...)

`layout.bar` is the row of actions over a list, as high when rows are ticked as before.
`address` keeps what is chosen: `address.of_page(["period"])` reads at the start of a run,
`address.keep({"period": "Last year"})` in the callback of a widget, whose state is set from what
was read before it is drawn. So a choice survives reload, Back, and leaving the page.
`navigation` lists a page in one of four groups (NOW, OVER_TIME, MAKE, YOURS).
`tokens` gives the theme of ttt/charts/theme.py to style sheets: `accent_text` is
var(--ttt-accent-text). frame.css places the parts; what belongs to one page is in style.css.

Beside them: browser, process, cached reads, notices, labels, and `view` for what is drawn once
for the same rows.
"""
