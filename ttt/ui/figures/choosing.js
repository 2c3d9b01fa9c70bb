// Hears what is chosen on any figure of the page, and tells it to the page's run.
export default function ({ setTriggerValue }) {
  const tell = ({ detail }) => setTriggerValue("chosen", detail)
  document.addEventListener("ttt-chosen", tell)
  return () => document.removeEventListener("ttt-chosen", tell)
}
