// Streamlit asks where its server is before it opens its socket, and from a page below the first
// it asks in the wrong place first. It is here; that it answers is asked beside.
window.__streamlit = {
  BACKEND_BASE_URL: `${location.origin}/`,
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
}
