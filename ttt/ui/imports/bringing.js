// Sends files in pieces. What is on its way outlives the page it was dropped on: within the app by
// this window, over a reload by the browser's own database, and on another device by the server,
// which knows what is missing. Whatever is text goes in by textContent.
const MB = 1 << 20
const all = (window.tttUploads ??= { jobs: [], views: new Set(), busy: false })

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".bringing")
  const view = (host.view ??= new View(host))
  view.tell = (told) => setTriggerValue("arrived", told)
  view.show(data)
  return () => view.leave()
}

function make(name, options = {}, ...children) {
  const { text, on, ...attributes } = options
  const element = document.createElement(name)
  if (text !== undefined && text !== null) element.textContent = text
  for (const [kind, listener] of Object.entries(on ?? {})) element.addEventListener(kind, listener)
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value)
  }
  element.append(...children.filter(Boolean))
  return element
}

const size = (bytes) => bytes < 10 * MB ? (bytes / MB).toFixed(1) : Math.round(bytes / MB).toString()

// The files of uploads under way, by the upload's id; a browser that has no room just asks again.
const kept = {
  async store(mode) {
    const db = await new Promise((done, fail) => {
      const asked = indexedDB.open("ttt-uploads", 1)
      asked.onupgradeneeded = () => asked.result.createObjectStore("files")
      asked.onsuccess = () => done(asked.result)
      asked.onerror = () => fail(asked.error)
    })
    return db.transaction("files", mode).objectStore("files")
  },
  async ask(mode, act) {
    try {
      const asked = act(await this.store(mode))
      return await new Promise((done) => {
        asked.onsuccess = () => done(asked.result)
        asked.onerror = () => done(undefined)
      })
    } catch { return undefined }
  },
  put(id, file) { return this.ask("readwrite", (store) => store.put(file, id)) },
  get(id) { return this.ask("readonly", (store) => store.get(id)) },
  forget(id) { return this.ask("readwrite", (store) => store.delete(id)) },
  async forgetOthers(ids) {
    for (const id of (await this.ask("readonly", (store) => store.getAllKeys())) ?? []) {
      if (!ids.has(id)) await this.forget(id)
    }
  },
}

class Refusal extends Error {}

async function ask(path, body, type, job) {
  for (let tries = 0; ; tries++) {
    if (job.stopped) throw new Refusal("")
    try {
      const answer = await fetch(path, { method: "POST", body, headers: { "content-type": type } })
      if (answer.status < 500) return await answered(answer)
    } catch (error) {
      if (error instanceof Refusal) throw error
    }
    job.words = "The server does not answer. It is tried again by itself."
    changed()
    await new Promise((done) => setTimeout(done, Math.min(30, 2 ** tries) * 1000))
  }
}

async function answered(answer) {
  const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Refusal(told.error ?? "The server did not take this file.")
  return told
}

function changed() { for (const view of all.views) view.draw() }

function add(file, known) {
  const there = all.jobs.find((job) => job.name === file.name && job.size === file.size && !job.over)
  if (there?.file) return
  const job = there ?? { name: file.name, size: file.size, received: 0 }
  Object.assign(job, known, { file, words: null })
  if (!there) all.jobs.push(job)
  changed()
  work()
}

async function work() {
  if (all.busy) return
  all.busy = true
  for (let job; (job = all.jobs.find((each) => each.file && !each.over)); ) await send(job)
  all.busy = false
}

async function send(job) {
  try {
    const begun = JSON.stringify({ name: job.name, size: job.size })
    let told = await ask("/plays/uploads", begun, "application/json", job)
    job.id = told.id
    kept.put(job.id, job.file)
    while (told.state === "receiving") {
      job.words = null
      job.received = told.received
      changed()
      const from = told.next * told.piece
      const piece = await job.file.slice(from, from + told.piece).arrayBuffer().catch(() => {
        throw new Refusal("This file cannot be read any more. Choose it again to go on.")
      })
      const path = `/plays/uploads/${told.id}/${told.next}`
      told = await ask(path, piece, "application/octet-stream", job)
    }
    job.received = job.size
    end(job, null)
    for (const view of all.views) {
      view.tell({ id: told.id, name: job.name, since: told.already_since })
    }
  } catch (error) {
    end(job, error instanceof Refusal ? error.message : "This file could not be sent. Choose it again.")
  }
}

function end(job, trouble) {
  if (job.id) kept.forget(job.id)
  Object.assign(job, { over: true, file: null, words: trouble })
  if (!trouble) all.jobs = all.jobs.filter((each) => each !== job)
  changed()
}

async function stop(job) {
  job.stopped = true
  all.jobs = all.jobs.filter((each) => each !== job)
  changed()
  if (job.id) {
    kept.forget(job.id)
    await fetch(`/plays/uploads/${job.id}/stop`, { method: "POST" }).catch(() => null)
    for (const view of all.views) view.tell({ id: job.id, name: job.name, stopped: true })
  }
}

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
