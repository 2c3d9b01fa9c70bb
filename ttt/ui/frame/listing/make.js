// Makes an element of attributes, listeners (`on`) and children. Its `text` goes in by textContent,
// so nothing has to be escaped.
function make(name, options = {}, ...children) {
  const { text, on, ...attributes } = options
  const element = document.createElement(name)
  if (text !== undefined && text !== null) element.textContent = text
  for (const kind in on) element.addEventListener(kind, on[kind])
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value)
  }
  element.append(...children.filter(Boolean))
  return element
}
