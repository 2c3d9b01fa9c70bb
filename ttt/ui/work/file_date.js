// Tells when the file was written that somebody chooses or drops: the upload itself does not say.
export default function ({ setStateValue }) {
  const tell = (files) => {
    const file = files?.[0]
    if (file) setStateValue("chosen", { name: file.name, size: file.size, at: file.lastModified })
  }
  const chosen = (event) => { if (event.target?.type === "file") tell(event.target.files) }
  const dropped = (event) => tell(event.dataTransfer?.files)
  document.addEventListener("change", chosen, true)
  document.addEventListener("drop", dropped, true)
  return () => {
    document.removeEventListener("change", chosen, true)
    document.removeEventListener("drop", dropped, true)
  }
}
