// A ranked list. Whatever is text goes in by textContent, so nothing has to be escaped.
const SVG = "http://www.w3.org/2000/svg"
const ICONS = {
  check: "M4 12l6 6L20 6",
  plus: "M12 5v14M5 12h14",
  saved: "M6 3h12v18l-6-5-6 5z",
  remove: "M7 7l10 10M17 7L7 17",
  change: "M4 20h4L19 9l-4-4L4 16z",
}
const lists = new WeakMap()

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const host = parentElement.querySelector(".ranked")
  let list = lists.get(host)
  if (!list) lists.set(host, (list = new List(host)))
  list.tell = { state: setStateValue, trigger: setTriggerValue }
  list.show(data)
  host.getRootNode().host.dataset.filled = "" // What stands below may be seen.
  // Streamlit also cleans up after a call that newer data overtook; the list is still there then.
  return () => setTimeout(() => host.isConnected || list.end())
}

function make(name, options = {}, ...children) {
  const { text, ...attributes } = options
  const element = document.createElement(name)
  if (text !== undefined && text !== null) element.textContent = text
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value)
  }
  element.append(...children.filter(Boolean))
  return element
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("class", `icon ${name}`)
  svg.setAttribute("aria-hidden", "true")
  const path = document.createElementNS(SVG, "path")
  path.setAttribute("d", ICONS[name])
  svg.append(path)
  return svg
}

// Places over time, the first at the top; on a log scale 1 to 2 matters more than 41 to 42.
function line(places, worst) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", "0 0 60 26")
  svg.setAttribute("class", "line")
  svg.setAttribute("aria-hidden", "true")
  const step = 54 / Math.max(1, places.length - 1)
  const at = (place, i) => [2 + i * step, 3 + (Math.log(place) / Math.log(Math.max(2, worst))) * 20]
  let d = "", pen = false, last = null
  places.forEach((place, i) => {
    if (place === null) { pen = false; return }
    last = at(place, i)
    d += `${pen ? "L" : "M"}${last[0].toFixed(1)} ${last[1].toFixed(1)}`
    pen = true
  })
  if (!last) return svg
  const path = document.createElementNS(SVG, "path")
  path.setAttribute("d", d)
  const dot = document.createElementNS(SVG, "circle")
  dot.setAttribute("cx", last[0])
  dot.setAttribute("cy", last[1])
  dot.setAttribute("r", 2.8)
  svg.append(path, dot)
  return svg
}

class List {
  constructor(host) {
    this.host = host
    this.ticked = new Set()
    this.turn = null
    this.at = 0
    this.watch = new ResizeObserver(() => this.fit())
    this.watch.observe(host)
    this.rows = []
    this.ending = new AbortController()
    const listen = (place, kind, act) =>
      place.addEventListener(kind, (event) => act.call(this, event), { signal: this.ending.signal })
    listen(host, "click", this.clicked)
    listen(host, "keydown", this.pressed)
    listen(host, "focusin", this.entered)
    listen(document, "keydown", this.typedElsewhere)
  }

  end() {
    this.watch.disconnect()
    this.ending.abort()
    lists.delete(this.host)
  }

  // Whether a row is pressed as a whole, to change what it stands for.
  get changes() {
    return this.data.action?.icon === "change"
  }

  // In the field whose results these are, Enter takes the first and Down leads here.
  typedElsewhere(event) {
    const field = this.data?.field
    if (!field || event.target.getAttribute?.("aria-label") !== field || !this.rows.length) return
    if (event.key === "Enter") {
      const first = this.rows.find((row) => row.querySelector(".add:not([data-on])"))
      if (first) this.add(first)
    } else if (event.key === "ArrowDown") this.move(0, true)
    else return
    event.preventDefault()
  }

  show(data) {
    const had = this.focusedKey(), asked = this.focused()?.matches(".more") ? this.rows.length : 0
    this.data = data
    if (data.turn !== this.turn) {
      this.turn = data.turn
      this.ticked = new Set(data.ticked)
    }
    this.rows = data.rows.map((row, place) => this.row(row, place))
    const body = make("div", { role: "rowgroup", class: "rows" }, ...this.rows)
    const grid = make("div", {
      role: "grid", class: `grid ${data.look}${this.changes ? " changes" : ""}`, "aria-label": data.label,
      "aria-rowcount": data.total + 1, "aria-multiselectable": data.ticks ? "true" : null,
    }, this.head(), body)
    // Asked while the rows are not there yet, which would be laid out to answer it.
    this.fit(grid, this.host.clientWidth)
    this.host.replaceChildren(grid, ...(data.total > data.rows.length ? [this.more()] : []))
    this.mark()
    if (had) this.refocus(had)
    // Whoever asked for more goes on where the rows were at an end.
    else if (asked) this.move(Math.min(asked, this.rows.length - 1), true)
  }

  head() {
    const heads = [
      this.data.ticks && ["Chosen", "box"], ["#", "rank"], ["Cover", "cover"],
      [this.data.head, "name"],
    ].filter(Boolean)
    const cells = [
      ...heads.map(([text, name]) => this.heading(text, name, name === "box" || name === "cover")),
      make("span", { class: "cells", role: "none" },
        ...this.data.columns.map((c) => this.heading(c.name, `cell ${c.kind}`, false))),
      this.data.action && this.heading(this.data.action.name, "action", true),
    ].filter(Boolean)
    return make("div", { role: "rowgroup" }, make("div", { role: "row", class: "head" }, ...cells))
  }

  heading(text, name, hidden) {
    return make("span", { role: "columnheader", class: name },
      make("span", { class: hidden ? "unseen" : null, text }))
  }

  row(row, place) {
    const move = row.move && make("small", { class: row.move.same ? "same" : null },
      make("span", { "aria-hidden": "true", text: row.move.sign }),
      make("span", { class: "unseen", text: row.move.words }))
    const name = row.link
      ? make("a", { href: row.link, target: row.link.startsWith("/") ? "_self" : "_blank", rel: "noopener", tabindex: -1, text: row.title })
      : make("span", { text: row.title })
    const under = this.data.columns.map((c, i) => c.phone === "under" && this.words(row.cells[i], c))
    return make("div", {
      role: "row", class: "row", "data-key": row.key, "data-track": row.track, "data-place": place,
      "aria-rowindex": place + 2, "aria-label": row.label, tabindex: place === this.at ? 0 : -1,
    },
      this.data.ticks && make("span", { role: "gridcell", class: "box" }, icon("check")),
      make("span", { role: "gridcell", class: "rank" }, make("b", { text: row.rank ?? "" }), move),
      make("span", { role: "gridcell", class: "cover" }, this.cover(row)),
      make("span", { role: "gridcell", class: "name" }, make("b", {}, name),
        make("small", {}, ...this.by(row),
          ...under.filter(Boolean).map((text) =>
            make("span", { class: "phone", "aria-hidden": "true", text: ` · ${text}` })))),
      make("span", { class: "cells", role: "none" },
        ...this.data.columns.map((c, i) => this.cell(c, row.cells[i]))),
      this.data.action && make("span", { role: "gridcell", class: "action" }, this.button(row)),
      this.data.receipt?.key === row.key && this.receipt(),
    )
  }

  // The second line. Names that have a page lead to it, under the name as it is spelt.
  by(row) {
    if (!row.by) return [make("bdi", { text: row.subtitle })]
    const names = row.by.flatMap(([shown, name], i) => [
      i ? ", " : null,
      name
        ? make("a", { href: `/artist?name=${encodeURIComponent(name)}`, target: "_self", tabindex: -1, dir: "auto", text: shown })
        : make("bdi", { text: shown }),
    ])
    return [...names, row.subtitle ? ` · ${row.subtitle}` : null].filter(Boolean)
  }

  words(cell, column) {
    if (!Array.isArray(cell)) return cell
    if (!column.unit) return cell.join(" ")
    const [one, more] = column.unit
    return `${cell[0]} ${cell[0] === "1" ? one : more}`
  }

  cover(row) {
    if (row.cover) {
      return make("img", { src: row.cover, alt: "", loading: "lazy", width: 40, height: 40 })
    }
    return make("span", { class: "tile", "aria-hidden": "true", text: row.tile[0],
      style: `background:hsl(${row.tile[1]} 32% 36%)` })
  }

  cell(column, value) {
    const cell = make("span", { role: "gridcell", class: `cell ${column.kind} ${column.phone}` })
    cell.dataset.column = column.name
    if (value === null || value === undefined) {
      cell.append(make("span", { class: "unknown", text: column.kind === "line" ? "" : "–" }))
    } else if (column.kind === "bar") {
      cell.append(make("span", { text: value[0] }),
        make("i", { style: `--share:${value[1]}%;--colour:var(--ttt-${column.colour})` }))
    } else if (column.kind === "line") {
      cell.title = value.words
      cell.append(line(value.places, this.data.worst), make("span", { class: "unseen", text: value.words }))
    } else if (Array.isArray(value)) {
      cell.append(make("span", { class: "long", text: value[0] }),
        make("span", { class: "short", text: value[1] }))
    } else {
      cell.append(make("bdi", { text: value }))
    }
    return cell
  }

  button(row) {
    if (row.done === null) return null
    const { name, add, added, icon: sign } = this.data.action
    return make("button", {
      type: "button", class: "add", tabindex: -1, "data-on": row.done,
      // Its name stays as it is: whether it is on is told by its being pressed.
      "aria-pressed": sign === "remove" ? null : String(row.done),
      title: row.done ? added : add, "aria-label": `${name}: ${row.title}`,
    }, this.sign(row.done))
  }

  sign(on) {
    return icon(on || this.changes ? this.data.action.icon : "plus")
  }

  receipt() {
    const { text, undo } = this.data.receipt
    return make("span", { role: "gridcell", class: "receipt" },
      make("span", { role: "status", text }),
      undo && make("button", { type: "button", class: "undo", text: "Undo" }))
  }

  more() {
    const left = this.data.total - this.data.rows.length
    return make("button", { type: "button", class: "more", text: `Show more (${left.toLocaleString("en")} left)` })
  }

  // Which columns the width has room for, and whether rows are cards.
  fit(grid = this.host.querySelector(".grid"), width = this.host.clientWidth) {
    if (!grid || !this.data) return
    const cards = this.data.look.startsWith("long") && width <= 560
    const shown = this.data.columns.map((c) => width >= c.least)
    const template = [
      this.data.ticks && !cards && "20px", !this.data.look.includes("plain") && "34px",
      "var(--cover)", "minmax(0,1fr)",
      ...(cards ? [] : this.data.columns.filter((c, i) => shown[i]).map((c) => c.width)),
      this.data.action && (cards ? "44px" : "36px"),
    ].filter(Boolean)
    grid.style.setProperty("--template", template.join(" "))
    grid.classList.toggle("cards", cards)
    for (const row of grid.querySelectorAll(".cells")) {
      [...row.children].forEach((cell, i) => { cell.hidden = !cards && !shown[i] })
    }
  }

  mark() {
    if (!this.data.ticks) return
    for (const row of this.rows) row.setAttribute("aria-selected", this.ticked.has(row.dataset.key))
  }

  clicked(event) {
    const row = event.target.closest(".row")
    if (event.target.closest(".more")) return this.tell.trigger("more", this.data.rows.length)
    if (event.target.closest(".undo")) return this.tell.trigger("undone", this.data.receipt.key)
    if (event.target.closest(".add")) return this.add(row)
    if (!row || event.target.closest("a, .receipt")) return
    this.changes ? this.add(row) : this.tick(row, event.shiftKey)
  }

  tick(row, range) {
    if (!this.data.ticks) return
    const place = Number(row.dataset.place), on = !this.ticked.has(row.dataset.key)
    const from = range && this.last !== undefined ? this.last : place
    for (let i = Math.min(from, place); i <= Math.max(from, place); i++) {
      const key = this.rows[i].dataset.key
      on ? this.ticked.add(key) : this.ticked.delete(key)
    }
    this.last = place
    this.move(place)
    this.mark()
    // In the order shown, whatever the order in which they were ticked.
    const keys = this.data.rows.map((each) => each.key).filter((key) => this.ticked.has(key))
    this.tell.state("ticked", { keys, rows: this.data.which })
  }

  add(row) {
    const button = row?.querySelector(".add")
    if (!button) return
    const on = !("on" in button.dataset)
    on ? (button.dataset.on = "true") : delete button.dataset.on
    if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(on))
    button.replaceChildren(this.sign(on))
    this.tell.trigger("pressed", { key: row.dataset.key, on })
  }

  pressed(event) {
    const row = event.target.closest(".row")
    if (!row || event.target.closest(".undo") || event.altKey || event.ctrlKey || event.metaKey) return
    const place = Number(row.dataset.place), end = this.rows.length - 1
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: end,
      PageDown: place + 10, PageUp: place - 10 }[event.key]
    const inside = [row, ...row.querySelectorAll("a, .add")]
    const beside = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (to !== undefined) this.move(Math.max(0, Math.min(end, to)), true)
    else if (beside) inside[inside.indexOf(event.target) + beside]?.focus()
    else if (event.target !== row) return
    else if (event.key === " ") this.tick(row, event.shiftKey)
    else if (event.key === "Enter" && this.data.action) this.add(row)
    else return
    event.preventDefault()
  }

  // Tab leaves the list from the row in which one is, and comes back to it.
  entered(event) {
    const row = event.target.closest(".row")
    if (row) this.move(Number(row.dataset.place))
  }

  move(place, focus) {
    this.rows[this.at]?.setAttribute("tabindex", -1)
    this.at = place
    this.rows[place]?.setAttribute("tabindex", 0)
    if (focus) this.rows[place]?.focus()
  }

  focused() {
    return this.host.getRootNode().activeElement
  }

  focusedKey() {
    const now = this.focused()
    const row = now?.closest?.(".row")
    return row && { key: row.dataset.key, part: now.className }
  }

  refocus({ key, part }) {
    const row = this.rows.find((each) => each.dataset.key === key) ?? this.rows[this.at]
    if (!row) return
    this.move(Number(row.dataset.place))
    const within = part === "add" ? row.querySelector(".add") : null
    ;(within ?? row).focus({ preventScroll: true })
  }
}
