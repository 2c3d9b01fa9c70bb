// A figure is one stop of Tab: arrow keys go from mark to mark as a pointer does, Enter clicks the
// one that is told, Escape lets go. What the label says is also said to screen readers. One
// without marks, such as a heat map, has its name and a table below.
;(() => {
  const STEPS = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 10, End: Infinity,
    ArrowLeft: -1, ArrowUp: -1, PageUp: -10, Home: -Infinity,
  }
  const SETTLED = 150 // ms, within which Plotly has drawn a label
  const at = new WeakMap() // figure -> place of the mark that is told

  const centre = mark => {
    const { x, y, width, height } = mark.getBoundingClientRect()
    return { clientX: x + width / 2, clientY: y + height / 2, seen: width + height > 0 }
  }
  const marks = figure =>
    [...figure.querySelectorAll(".points path")]
      .map(centre)
      .filter(mark => mark.seen)
      .sort((a, b) => a.clientX - b.clientX || a.clientY - b.clientY)

  const aloud = document.createElement("div")
  aloud.className = "ttt-aloud"
  aloud.setAttribute("aria-live", "polite")
  document.body.append(aloud)
  const words = figure => [...figure.querySelectorAll(".hoverlayer text")].map(lines).join(", ")
  const lines = text => [...text.querySelectorAll("tspan.line")].map(t => t.textContent).join(", ") || text.textContent

  const point = (figure, mark, ...kinds) => {
    const there = document.elementFromPoint(mark.clientX, mark.clientY)
    const on = figure.contains(there) ? there : figure.querySelector(".nsewdrag, .maindrag")
    for (const kind of kinds) on?.dispatchEvent(new MouseEvent(kind, { ...mark, bubbles: true, view: window }))
  }
  const tell = (figure, mark) => {
    point(figure, mark, "mouseover", "mousemove")
    setTimeout(() => (aloud.textContent = words(figure)), SETTLED)
  }
  const leave = figure => {
    at.delete(figure)
    figure.querySelector(".nsewdrag, .maindrag")?.dispatchEvent(new MouseEvent("mouseout", { bubbles: true }))
  }

  document.addEventListener("keydown", event => {
    const figure = event.target
    if (!figure.matches?.(".js-plotly-plot")) return
    const all = marks(figure)
    const before = at.get(figure) ?? -1
    if (event.key in STEPS && all.length) {
      event.preventDefault()
      const place = Math.max(0, Math.min(all.length - 1, before + STEPS[event.key]))
      at.set(figure, place)
      tell(figure, all[place])
    } else if (event.key === "Enter" && all[before]) {
      point(figure, all[before], "mousemove", "mousedown", "mouseup")
    } else if (event.key === "Escape") leave(figure)
  })
  document.addEventListener("focusout", event => event.target.matches?.(".js-plotly-plot") && leave(event.target))

  const named = figure =>
    [...document.querySelectorAll("h2")]
      .filter(h2 => h2.compareDocumentPosition(figure) & Node.DOCUMENT_POSITION_FOLLOWING)
      .at(-1)?.textContent ?? "Chart"
  const dress = () => {
    waiting = false
    for (const figure of document.querySelectorAll(".js-plotly-plot:not([tabindex])")) {
      const walked = figure.querySelector(".points path") !== null
      if (walked) figure.tabIndex = 0
      figure.setAttribute("role", walked ? "group" : "img")
      figure.setAttribute("aria-label", named(figure) + (walked ? ": arrow keys go through its marks" : ""))
    }
  }
  let waiting = false
  const soon = () => {
    if (waiting) return
    waiting = true
    setTimeout(dress, SETTLED)
  }
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true })
})()
