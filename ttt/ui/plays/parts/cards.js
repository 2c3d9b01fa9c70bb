// Cards with buttons below them, each of which asks for a file; what comes is saved once.
const shown = new WeakMap() // place -> the HTML in it
let saved = 0

export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".cards")
  place.style.cssText = `--across: ${data.across}; --free: ${data.free}`
  if (shown.get(place) !== data.html) {
    place.innerHTML = data.html // Whatever is somebody's text was escaped by the server.
    shown.set(place, data.html)
    place.getRootNode().host.dataset.filled = "" // The page need not hold its place any more.
  }
  for (const button of place.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy")
  if (data.file?.at > saved) {
    saved = data.file.at
    save(data.file)
  }
  place.onclick = ({ target }) => {
    const button = target.closest("[data-save]")
    if (!button || button.ariaBusy) return
    button.ariaBusy = "true"
    setTriggerValue("asked", { file: button.dataset.save, at: Date.now() })
  }
}

const save = ({ name, kind, body }) => {
  const bytes = Uint8Array.from(atob(body), letter => letter.charCodeAt(0))
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([bytes], { type: kind }))
  link.download = name
  link.click()
  setTimeout(URL.revokeObjectURL, 10_000, link.href)
}
