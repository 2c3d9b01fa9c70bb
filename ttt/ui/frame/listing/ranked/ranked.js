// A ranked list: what people do in it.
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
    this.draw = new Rows(data)
    this.rows = data.rows.map((row, place) => this.draw.row(row, place))
    this.move(Math.max(0, Math.min(this.at, this.rows.length - 1)))
    const grid = this.draw.grid(this.rows)
    // Asked while the rows are not there yet, which would be laid out to answer it.
    this.fit(grid, this.host.clientWidth)
    this.host.replaceChildren(grid, ...(data.total > data.rows.length ? [this.draw.more()] : []))
    this.mark()
    if (had) this.refocus(had)
    // Whoever asked for more goes on where the rows were at an end.
    else if (asked) this.move(Math.min(asked, this.rows.length - 1), true)
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
    this.draw.changes ? this.add(row) : this.tick(row, event.shiftKey)
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
    button.replaceChildren(this.draw.sign(on))
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
