// What stands beside a button “Copy” is copied by it.
;(() => {
  const LONG = 2_000 // milliseconds for which it is said

  // Browsers give pages that came without https no clipboard, but still know the older command.
  const copied = code => {
    getSelection().selectAllChildren(code)
    const older = () => document.execCommand("copy")
    if (!navigator.clipboard) return Promise.resolve(older())
    return navigator.clipboard.writeText(code.textContent).then(() => true, older)
  }

  addEventListener("click", async ({ target }) => {
    const place = target.closest?.(".ttt-copy button")?.parentElement
    if (!place) return
    const said = place.querySelector("output")
    said.textContent = await copied(place.querySelector("code")) ? "Copied" : "Copy what is marked"
    setTimeout(() => { said.textContent = "" }, LONG)
  })
})()
