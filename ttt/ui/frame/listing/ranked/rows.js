// How the rows of a ranked list look.
const SVG = "http://www.w3.org/2000/svg"
const ICONS = {
  check: "M4 12l6 6L20 6",
  plus: "M12 5v14M5 12h14",
  saved: "M6 3h12v18l-6-5-6 5z",
  remove: "M7 7l10 10M17 7L7 17",
  change: "M4 20h4L19 9l-4-4L4 16z",
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

class Rows {
  constructor(data) {
    this.data = data
  }

  // Whether a row is pressed as a whole, to change what it stands for.
  get changes() {
    return this.data.action?.icon === "change"
  }

  grid(rows) {
    return make("div", {
      role: "grid", class: `grid ${this.data.look}${this.changes ? " changes" : ""}`, "aria-label": this.data.label,
      "aria-rowcount": this.data.total + 1, "aria-multiselectable": this.data.ticks ? "true" : null,
    }, this.head(), make("div", { role: "rowgroup", class: "rows" }, ...rows))
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
      "aria-rowindex": place + 2, "aria-label": row.label, tabindex: -1,
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
}
