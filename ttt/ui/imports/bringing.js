// Where files are dropped and chosen, and how far those on their way are.
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".bringing")
  const view = (host.view ??= new View(host))
  view.tell = (told) => setTriggerValue("arrived", told)
  view.show(data)
  return () => view.leave()
}

const MB = 1 << 20
const size = (bytes) => bytes < 10 * MB ? (bytes / MB).toFixed(1) : Math.round(bytes / MB).toString()

async function inside(entry) {
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))]
  const reader = entry.createReader()
  const found = []
  for (let part; (part = await new Promise((done, fail) => reader.readEntries(done, fail))).length; ) {
    for (const each of part) found.push(...await inside(each))
  }
  return found
}

class View {
  constructor(host) {
    this.host = host
    this.over = (event) => { event.preventDefault(); this.area?.classList.add("over") }
    this.out = (event) => { if (!event.relatedTarget) this.area?.classList.remove("over") }
    this.drop = (event) => this.dropped(event)
  }

  show(data) {
    this.data = data
    all.views.add(this)
    window.addEventListener("dragover", this.over)
    window.addEventListener("dragleave", this.out)
    window.addEventListener("drop", this.drop)
    this.frame()
    this.goOn()
    this.draw()
  }

  leave() {
    all.views.delete(this)
    window.removeEventListener("dragover", this.over)
    window.removeEventListener("dragleave", this.out)
    window.removeEventListener("drop", this.drop)
  }

  // What the server knows to be half here: go on with what this browser still has of it.
  async goOn() {
    const ids = new Set(this.data.receiving.map((each) => each.id))
    for (const job of all.jobs) if (job.id && !job.over) ids.add(job.id)
    await kept.forgetOthers(ids)
    for (const each of this.data.receiving) {
      if (all.jobs.some((job) => job.id === each.id && !job.over)) continue
      const file = await kept.get(each.id)
      if (file) add(new File([file], each.name), { id: each.id, received: each.received })
    }
  }

  frame() {
    if (this.area) return this.demo(this.data)
    this.input = make("input", { type: "file", multiple: "", "aria-label": "Files with a history",
      on: { change: () => this.take([...this.input.files]) } })
    const button = make("button", { type: "button", class: "choose", text: "Choose files",
      on: { click: () => this.input.click() } })
    this.line = make("small", { text: this.data.kinds })
    this.area = make("div", { class: "area" },
      make("div", { class: "words" }, make("b", { text: "Drop a history here" }),
        make("span", { text: "The zip as it came, or any file out of it." })),
      button, this.input)
    this.rows = make("ol", { class: "rows", "aria-live": "polite" })
    this.tried = make("div", { class: "try" })
    this.host.replaceChildren(this.area, this.line, this.tried, this.rows)
    this.demo(this.data)
  }

  demo(data) {
    if (!data.demo) return this.tried.replaceChildren()
    const bring = make("button", { type: "button", class: "link", text: "Bring it in one step",
      on: { click: () => this.bringDemo(bring) } })
    this.tried.replaceChildren(
      make("b", { text: "Try it: " }),
      make("span", { text: "ten years of plays of your demo listener, as Spotify would send them. " }),
      bring, make("span", { text: " or " }),
      make("a", { href: data.demo, download: "my_spotify_data.zip",
        text: "download my_spotify_data.zip" }), make("span", { text: "." }))
  }

  async bringDemo(button) {
    button.disabled = true
    button.textContent = "Fetching it …"
    try {
      const answer = await fetch(this.data.demo)
      if (!answer.ok) throw new Error()
      add(new File([await answer.blob()], "my_spotify_data.zip"))
      button.textContent = "Bring it in one step"
    } catch {
      button.textContent = "That did not work. Try again"
    }
    button.disabled = false
  }

  async dropped(event) {
    event.preventDefault()
    this.area.classList.remove("over")
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.())
    const files = [...event.dataTransfer.files]
    if (entries.every(Boolean) && entries.some((entry) => entry.isDirectory)) {
      const found = await Promise.all(entries.map(inside))
      return this.take(found.flat().filter((file) => !file.name.startsWith(".")))
    }
    this.take(files)
  }

  take(files) {
    this.input.value = ""
    for (const file of files) add(file)
  }

  draw() {
    const mine = all.jobs.map((job) => this.row(job))
    const others = this.data.receiving
      .filter((each) => !all.jobs.some((job) => job.name === each.name && job.size === each.size))
      .map((each) => this.row({ ...each, words: "Choose the same file again, and it goes on from here.",
        again: true }))
    this.rows.replaceChildren(...mine, ...others)
  }

  row(job) {
    const share = job.size ? Math.floor((100 * job.received) / job.size) : 0
    const waits = job.file && !job.id
    const far = waits ? "waits for its turn" : `${size(job.received)} of ${size(job.size)} MB`
    const close = job.over
      ? () => { all.jobs = all.jobs.filter((each) => each !== job); changed() }
      : () => stop(job)
    return make("li", { class: job.over ? "row failed" : "row" },
      make("div", { class: "top" }, make("b", { text: job.name }),
        make("span", { text: job.over ? "not sent" : far }),
        job.again && make("button", { type: "button", class: "link", text: "Choose it",
          on: { click: () => this.input.click() } }),
        make("button", { type: "button", class: "link", text: job.over ? "Close" : "Stop",
          "aria-label": `${job.over ? "Close" : "Stop"} ${job.name}`, on: { click: close } })),
      !job.over && make("div", { class: "bar", role: "progressbar", "aria-label": `Sending ${job.name}`,
        "aria-valuenow": share, "aria-valuemin": 0, "aria-valuemax": 100 },
      make("i", { style: `width:${share}%` })),
      job.words && make("small", { text: job.words }))
  }
}
