// While the server cannot be reached a line says so, and of when the numbers are that still stand
// there. Streamlit says it in words of its own, in a box over the page, which is closed.
;(() => {
  const BLIP = 700 // ms, within which a tab that was asleep has its server again
  const line = document.createElement("div")
  line.className = "ttt-lost"
  line.setAttribute("role", "status")
  document.body.append(line)

  const state = () => document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState
  const time = at => at.toTimeString().slice(0, 5)
  let met = false // whether there was a connection at all
  let since = null // when it was lost
  let timer = 0

  const say = () => {
    const why = navigator.onLine ? "The server cannot be reached." : "You are offline."
    line.textContent = `${why} What you see is from ${time(since)}; it goes on by itself.`
    document.documentElement.dataset.lost = "true"
  }
  const back = () => {
    clearTimeout(timer)
    timer = 0
    since = null
    line.textContent = ""
    delete document.documentElement.dataset.lost
  }
  const close = () => {
    for (const box of document.querySelectorAll('[role="dialog"]')) {
      if (box.textContent.includes("Streamlit server is not responding")) box.querySelector("button")?.click()
    }
  }
  const look = () => {
    const now = state()
    if (now === "CONNECTED" && navigator.onLine) {
      met = true
      if (since) back()
    } else if (met && now) {
      since ??= new Date()
      timer ||= setTimeout(say, BLIP)
      close()
    }
  }
  new MutationObserver(look).observe(document.body, {
    attributes: true, attributeFilter: ["data-test-connection-state"], childList: true, subtree: true,
  })
  addEventListener("offline", look)
  addEventListener("online", () => {
    if (line.textContent) say() // the server may still be away
    look()
  })
})()
