// A field that has a most takes nothing of what is pasted beyond it, and Streamlit says nothing.
;(() => {
  const LIST = 10_000 // letters from which on what is pasted is a list
  const said = new WeakSet()
  const words = text => "Longer than this field takes, so nothing was pasted."
    + (text.length > LIST ? " Bring a long list as a file." : "")

  document.addEventListener("paste", ({ target: field, clipboardData }) => {
    if (!field.matches?.("textarea, input") || field.readOnly) return
    const text = clipboardData?.getData("text/plain") ?? ""
    const { value, selectionStart: from, selectionEnd: to } = field
    if (!text.trim() || value.slice(from, to) === text) return
    // The field has it by then, or its old value again.
    setTimeout(() => {
      if (field.value !== value || !field.isConnected) return
      said.add(field)
      field.setCustomValidity(words(text))
      field.reportValidity()
    }, 100)
  }, true)

  const forget = ({ target: field }) => {
    if (said.delete(field)) field.setCustomValidity("")
  }
  addEventListener("input", forget, true)
  addEventListener("focusout", forget, true)
})()
