// A figure with marks is one stop of Tab: arrow keys go from mark to mark as a pointer does, Enter
// clicks the one that is told, Escape lets go. What the label says is also said to screen readers.
;(() => {
  const STEPS = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 10, End: Infinity,
    ArrowLeft: -1, ArrowUp: -1, PageUp: -10, Home: -Infinity,
  }
  const SETTLED = 150 // ms, within which Plotly has drawn a label
  // Title of a figure -> where in its plot the mark lies that is told, in parts of the plot's size. By
  // its title: what is chosen on a figure brings another one, whose marks are others in the same
  // places. Of the plot: Plotly redraws it a while after its figure has changed its size.
  const at = new Map()

  const centre = mark => {
    const { x, y, width, height } = mark.getBoundingClientRect()
    return { clientX: x + width / 2, clientY: y + height / 2, seen: width + height > 0 }
  }
  const marks = figure =>
    [...figure.querySelectorAll(".points path")]
      .map(centre)
      .filter(mark => mark.seen)
      .sort((a, b) => a.clientX - b.clientX || a.clientY - b.clientY)

  const plot = figure => figure.querySelector(".nsewdrag, .maindrag")
  const within = (figure, mark) => {
    const { left, top, width, height } = (plot(figure) ?? figure).getBoundingClientRect()
    return { x: (mark.clientX - left) / width, y: (mark.clientY - top) / height }
  }
  const told = (figure, all) => {
    const place = at.get(figure.dataset.title)
    if (!place) return -1
    const far = all.map(mark => within(figure, mark)).map(({ x, y }) => Math.hypot(x - place.x, y - place.y))
    return far.indexOf(Math.min(...far))
  }

  const aloud = document.createElement("div")
  aloud.className = "ttt-aloud"
  aloud.setAttribute("aria-live", "polite")
  document.body.append(aloud)
  const words = figure => [...figure.querySelectorAll(".hoverlayer text")].map(lines).join(", ")
  const lines = text => [...text.querySelectorAll("tspan.line")].map(t => t.textContent).join(", ") || text.textContent

  const point = (figure, mark, ...kinds) => {
    const there = document.elementFromPoint(mark.clientX, mark.clientY)
    const on = figure.contains(there) ? there : plot(figure)
    for (const kind of kinds) on?.dispatchEvent(new MouseEvent(kind, { ...mark, bubbles: true, view: window }))
  }
  const tell = (figure, mark) => {
    point(figure, mark, "mouseover", "mousemove")
    ;(figure.closest("dialog") ?? document.body).append(aloud) // What is outside of one is silent.
    setTimeout(() => (aloud.textContent = words(figure)), SETTLED)
  }
  const leave = figure => {
    at.delete(figure.dataset.title)
    plot(figure)?.dispatchEvent(new MouseEvent("mouseout", { bubbles: true }))
  }

  document.addEventListener("keydown", event => {
    const figure = event.target
    if (!figure.matches?.(".js-plotly-plot")) return
    const all = marks(figure)
    const before = told(figure, all)
    if (event.key in STEPS && all.length) {
      event.preventDefault()
      const place = Math.max(0, Math.min(all.length - 1, before + STEPS[event.key]))
      at.set(figure.dataset.title, within(figure, all[place]))
      tell(figure, all[place])
    } else if (event.key === "Enter" && all[before]) {
      point(figure, all[before], "mousemove", "mousedown", "mouseup")
    } else if (event.key === "Escape") leave(figure)
  })
  document.addEventListener("focusout", ({ target }) => {
    if (target.matches?.(".js-plotly-plot")) setTimeout(() => target.isConnected && leave(target))
  })
})()
