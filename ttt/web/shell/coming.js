// Until a page has its title the window is empty, for seconds where the server or the browser is
// busy. So what is waited for is said from the first moment on, and once only.
{
  const connecting = new URLSearchParams(location.search).has("code")
  const coming = document.createElement("p")
  coming.className = "ttt-wait ttt-coming"
  coming.setAttribute("role", "status")
  coming.textContent = connecting ? "Connecting Spotify …" : "One moment …"
  document.body.append(coming)
  // What frame.css lets be seen.
  const THERE =
    '[data-testid="stMain"] :is(h1, [data-testid="stAlert"]), [data-testid="stSidebar"] ~ * [data-testid="stAppSkeleton"]'
  const look = () => {
    if (document.querySelector(THERE)) coming.remove()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
