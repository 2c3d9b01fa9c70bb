// Sends files in pieces. What is on its way outlives the page it was dropped on: within the app by
// this window, over a reload by the browser's own database, and on another device by the server,
// which knows what is missing.
const all = (window.tttUploads ??= { jobs: [], views: new Set(), busy: false })

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
    if (job.stopped) return stop(job) // The server knew nothing of it yet.
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
