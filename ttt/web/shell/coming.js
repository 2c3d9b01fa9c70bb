// Until a page has its title the window is empty, for seconds where the server or the browser is
// busy. So what is waited for is said from the first moment on, and once only.
{
  const connecting = new URLSearchParams(location.search).has("code")
  const coming = document.createElement("p")
  coming.className = "ttt-wait ttt-coming"
  coming.setAttribute("role", "status")
  coming.textContent = connecting ? "Connecting Spotify …" : "One moment …"
  document.body.append(coming)
  // frame.css lets a page be seen that has something to show.
  const look = () => {
    const main = document.querySelector("main")
    if (main && getComputedStyle(main).visibility === "visible") coming.remove()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
