// Figures stand in a page as data. Each is drawn once, by Plotly: at once where it is seen, and when
// there is nothing else to do where it is near, so that a page is ready when its words are; it is
// kept for when its page is opened again. Where something can be chosen on one, what was chosen goes
// out as an event; what comes of it is another figure.
;(() => {
  const NEAR = 300 // px below or above what is seen: drawn before it is reached
  // Else Plotly offers to send a chart to its makers.
  const PRIVATE = { showSendToCloud: false, plotlyServerURL: "" }
  const CONFIG = { ...PRIVATE, displayModeBar: false }
  const large = title => ({
    ...PRIVATE,
    displaylogo: false,
    modeBarButtonsToRemove: ["select2d", "lasso2d"],
    toImageButtonOptions: { filename: title },
  })
  const FAILED = "This chart could not be loaded. Reload the page to try again."

  // Of the whole library most is for charts that no page has; thousands of marks need it (WebGL).
  const { content: few, dataset: { whole } } = document.querySelector("meta[name=ttt-plotly]")
  const needed = place => (told.get(place).includes('"type":"scattergl"') ? whole : few)
  const loaded = new Set()
  const asked = {}
  const library = file =>
    (asked[file] ??= new Promise((done, failed) => {
      const script = document.createElement("script")
      script.src = file
      script.onload = () => done(loaded.add(file))
      script.onerror = () => {
        delete asked[file]
        script.remove()
        failed(file)
      }
      document.head.append(script)
    }))

  // To fetch it is little work; to read it keeps a browser busy.
  const fetched = new Set()
  const fetchEarly = file => {
    if (loaded.has(file) || fetched.has(file)) return
    fetched.add(file)
    const link = document.createElement("link")
    document.head.append(Object.assign(link, { rel: "preload", as: "script", href: file }))
  }

  const told = new WeakMap() // place -> text of its figure
  const begun = new WeakSet()
  const drawn = new Set() // places that hold a figure of Plotly
  const draw = async place => {
    seen.unobserve(place)
    if (begun.has(place)) return
    begun.add(place)
    try {
      if (!loaded.has(needed(place))) await library(needed(place))
      if (!place.isConnected) return
      await window.Plotly.newPlot(place, figure(place))
      drawn.add(place)
      // Its ticks say nothing in a row: its name and its marks are told (told.py, marks.js).
      for (const svg of place.querySelectorAll(".main-svg")) svg.setAttribute("aria-hidden", "true")
      listen(place)
    } catch (error) {
      console.error("a figure was not drawn", error)
      place.textContent = FAILED
    }
  }
  // What is written on a figure that needs ROOM, and what stands in its place where there is none.
  const ROOM = 480 // px
  const tight = new WeakSet()
  const isTight = place => place.offsetWidth < ROOM
  const figure = place => {
    const figure = JSON.parse(told.get(place))
    delete figure.layout.height // The place is as high.
    tight[isTight(place) ? "add" : "delete"](place)
    const unfit = tight.has(place) ? "roomy" : "tight"
    figure.layout.annotations = figure.layout.annotations?.filter(({ name }) => name !== unfit)
    return { ...figure, config: place.closest("dialog") ? large(place.dataset.title) : CONFIG }
  }

  const listen = place => {
    size.observe(place)
    for (const change of CHANGES) place.on(`plotly_${change}`, told => told?.autosize || changed.add(place))
    const { chosen, what } = place.dataset
    if (chosen === "points") {
      place.on("plotly_click", ({ points, event }) =>
        tell(what, { points: points.map(point => point.customdata), more: event.shiftKey }))
      place.on("plotly_doubleclick", () => tell(what, { points: [] }))
    } else if (chosen) {
      place.on("plotly_selected", told => told && box(place, told))
      place.on("plotly_deselect", () => tell(what, { box: null }))
    }
  }
  // A box chooses the marks in it, a stretch whatever lies between its ends.
  const box = (place, { points, selections }) => {
    const drag = selections?.at(-1)
    if (drag && (points.length || place.dataset.chosen === "stretch")) {
      tell(place.dataset.what, { box: { x: [drag.x0, drag.x1], y: [drag.y0, drag.y1] } })
    } else window.Plotly.react(place, figure(place)) // An empty choice fades nothing.
  }
  // As large as the window, to be looked at closely, zoomed into and saved.
  const enlarge = small => {
    const [dialog, head, title, close, whole] =
      ["dialog", "header", "h2", "button", "div"].map(kind => document.createElement(kind))
    dialog.className = "ttt-large"
    title.textContent = small.dataset.title
    close.textContent = "Close"
    close.onclick = () => dialog.close()
    for (const name of ["role", "aria-label", "tabindex", "data-title"]) {
      if (small.hasAttribute(name)) whole.setAttribute(name, small.getAttribute(name))
    }
    whole.className = "ttt-figure"
    told.set(whole, told.get(small))
    head.append(title, close)
    dialog.append(head, whole)
    dialog.onclose = () => dialog.remove()
    document.body.append(dialog)
    dialog.showModal()
    draw(whole)
  }
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.(".ttt-enlarge")
    if (button) enlarge(button.previousElementSibling)
  })
  const tell = (what, chosen) =>
    document.dispatchEvent(new CustomEvent("ttt-chosen", { detail: { what, ...chosen } }))

  const size = new ResizeObserver(entries => {
    for (const { target, contentRect: { width, height } } of entries) {
      // It tells the size of what was just drawn as well, and none of what is hidden or gone.
      if (!width) continue
      const differs = isTight(target) !== tight.has(target) && told.get(target).includes('"roomy"')
      const fits = differs && window.Plotly.react(target, figure(target))
      const { width: wide, height: high } = target._fullLayout ?? {}
      if (fits || Math.abs(width - wide) >= 1 || Math.abs(height - high) >= 1) {
        Promise.resolve(fits).then(() => target.isConnected && window.Plotly.Plots.resize(target))
      }
    }
  })
  // To read the library and to draw keeps a browser busy for long: lists, which people came for, are
  // not kept waiting.
  const LONG = 6_000 // ms, after which they are not waited for
  const comes = ({ shadowRoot: list }) =>
    !list?.firstElementChild || list.querySelector(":is(.ranked, .cards):empty")
  const listsCome = () => document.querySelector("[data-testid=stSkeleton]")
    || [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")].some(comes)
  const afterLists = (work, until = performance.now() + LONG) =>
    listsCome() && performance.now() < until ? setTimeout(afterLists, 20, work, until) : setTimeout(work)
  const drawAfterLists = place => {
    fetchEarly(needed(place))
    afterLists(() => draw(place))
  }
  const SOON = 250 // ms, after which the page that was asked for is there
  const whenIdle = work => // Safari cannot say when there is nothing else to do.
    setTimeout(() => window.requestIdleCallback ? requestIdleCallback(work, { timeout: SOON }) : work(), SOON)
  const seen = new IntersectionObserver(
    // One by one, so that whatever else a page has to do comes between.
    entries => entries.filter(entry => entry.isIntersecting).forEach(({ target }) =>
      isIn(target, 0) ? drawAfterLists(target) : whenIdle(() => drawAfterLists(target))),
    // The page scrolls within the window, so the margin is that of what scrolls.
    { rootMargin: `${NEAR}px`, scrollMargin: `${NEAR}px` },
  )
  const isIn = (place, margin) => {
    const { top, bottom, width } = place.getBoundingClientRect()
    return width > 0 && top < innerHeight + margin && bottom > -margin
  }
  // What is chosen on a figure brings another in its place, which then has the keyboard.
  let held
  document.addEventListener("focusin", ({ target }) => {
    held = target.closest(".ttt-figure")
    if (held) draw(held)
  })
  const hold = place => {
    const replaced = held && !held.isConnected && held.dataset.title === place.dataset.title
    if (replaced && document.activeElement === document.body) place.focus({ preventScroll: true })
  }

  // Who comes back to a page finds its figures as they were drawn. One that was zoomed into, played or
  // chosen on is drawn anew, and one of thousands of marks: a browser has WebGL for a dozen figures.
  const CHANGES = ["relayout", "restyle", "animating", "click", "selected", "deselect"]
  const KEPT = 24
  const kept = new Map() // all that is said of a figure -> the place that holds it
  const changed = new WeakSet()
  const said = new WeakMap()
  const keep = place => {
    if (changed.has(place) || needed(place) === whole || place.closest("dialog")) return window.Plotly.purge(place)
    window.Plotly.Fx.unhover(place)
    kept.set(said.get(place), place)
    if (kept.size > KEPT) {
      const [[first, oldest]] = kept
      kept.delete(first)
      window.Plotly.purge(oldest)
    }
  }
  const comeBack = place => {
    const before = kept.get(said.get(place))
    if (!before) return
    kept.delete(said.get(place))
    place.replaceWith(before)
    drawn.add(before)
    // Until the list beside it is there it is lower than it was and than it will be.
    afterLists(() => before.isConnected && size.observe(before))
    return before
  }

  const look = () => {
    const gone = [...drawn].filter(place => !place.isConnected)
    const replaced = new Set(gone.map(place => place.dataset.title))
    for (const place of gone) {
      drawn.delete(place)
      size.unobserve(place)
      keep(place)
    }
    for (const place of document.querySelectorAll(".ttt-figure[data-figure]")) {
      said.set(place, [...place.attributes].map(({ value }) => value).join("\n"))
      told.set(place, place.dataset.figure)
      delete place.dataset.figure
      const before = comeBack(place)
      hold(before ?? place)
      if (before) continue
      // One that takes another's place is drawn before that is painted.
      const { title } = place.dataset
      if (replaced.has(title) && loaded.has(needed(place)) && isIn(place, NEAR)) draw(place)
      else seen.observe(place)
    }
  }
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  addEventListener("beforeprint", () => {
    for (const place of document.querySelectorAll(".ttt-figure:not(.js-plotly-plot)")) {
      if (place.offsetWidth) draw(place)
    }
  })
})()
