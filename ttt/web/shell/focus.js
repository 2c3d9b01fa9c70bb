// What a button opens beside itself lies at the end of the page: without this, everything between
// would have to be passed by Tab. The focus goes into it, and back to its button when it closes.
;(() => {
  const opened = new Map() // what is open -> the button that opened it
  const button = () => document.activeElement?.closest('[aria-haspopup="dialog"][aria-expanded="true"]')

  const enter = body => {
    const by = button()
    if (!by) return
    opened.set(body, by)
    body.tabIndex = -1
    body.style.outline = "none" // it is no control; what it holds shows its own
    body.focus({ preventScroll: true })
  }

  const leave = () => {
    for (const [body, by] of opened) {
      if (body.isConnected) continue
      opened.delete(body)
      // Whoever clicked elsewhere is there already.
      if (document.activeElement === document.body) by.focus({ preventScroll: true })
    }
  }

  const look = () => {
    leave()
    for (const body of document.querySelectorAll('[data-testid="stPopoverBody"]')) {
      if (!opened.has(body)) enter(body)
    }
  }

  // A field tells what was typed when it is left, and Escape takes it away before.
  document.addEventListener("keydown", ({ key, target }) => {
    const typed = target.matches?.("input, textarea") && target.getAttribute("role") !== "combobox"
    if (key === "Escape" && typed && target.closest('[data-testid="stPopoverBody"]')) target.blur()
  }, true)

  // Overlays have a place of their own at the end of the page, which is made with the first.
  const watched = new WeakSet()
  const watch = () => {
    const place = document.getElementById("stFloatingOverlayPortal")
    if (place && !watched.has(place)) {
      watched.add(place)
      new MutationObserver(look).observe(place, { childList: true, subtree: true })
      look()
    }
  }
  new MutationObserver(watch).observe(document.body, { childList: true })
  watch()
})()
// The button that unfolds the sidebar goes when it is pressed, and so does the one that folds it:
// whoever pressed it by keyboard goes on at the other.
;(() => {
  const LONG = 1000 // ms, within which the other is there
  const BUTTONS = '[aria-controls="stSidebar"]'

  document.addEventListener("click", ({ target, detail }) => {
    const pressed = target.closest?.(BUTTONS)
    if (!pressed || detail) return
    const began = performance.now()
    const look = () => {
      const others = [...document.querySelectorAll(BUTTONS)].filter(one => one !== pressed)
      const other = others.find(one => one.checkVisibility({ visibilityProperty: true }))
      if (other) other.focus({ preventScroll: true })
      else if (performance.now() - began < LONG) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
})()
