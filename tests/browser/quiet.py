"""Whether the server has answered all that a page asked of it, seen at the page's own socket.

Streamlit says "not running" until a run has begun: right after a click its own mark is of the run
before.
"""

from playwright.sync_api import BrowserContext, Page

# A page asks for a run by field 11 of its message. The server says that a run begins by field 4
# of its own, and by field 6 that it ends: with the value 2 when another run takes its place.
_LISTEN = """(() => {
  const fieldsOf = bytes => {
    const found = new Map();
    let at = 0;
    const number = () => {
      let value = 0, factor = 1, byte;
      do { byte = bytes[at++]; value += (byte & 127) * factor; factor *= 128; } while (byte > 127);
      return value;
    };
    while (at < bytes.length) {
      const tag = number(), kind = tag % 8, field = (tag - kind) / 8;
      if (kind === 0) found.set(field, number());
      else if (kind === 2) { found.set(field, true); at += number(); }
      else at += kind === 1 ? 8 : 4;
    }
    return found;
  };
  const hear = event => {
    if (!(event.data instanceof ArrayBuffer)) return;
    const said = fieldsOf(new Uint8Array(event.data));
    if (said.has(4)) begun = true;
    if (begun && said.has(6) && said.get(6) !== 2) waits = false;
  };
  let waits = true, begun = false, calm = 0;
  const heard = new WeakSet(), send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (!heard.has(this)) {
      heard.add(this);
      this.addEventListener('message', hear);
    }
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
    if (fieldsOf(bytes).has(11)) { waits = true; begun = false; }
    return send.call(this, data);
  };
  // What the page was told is drawn some frames later, and a click asks as late.
  window.isQuiet = () => {
    const coming = document.querySelector('[data-stale=true], [data-testid=stSkeleton]');
    calm = waits || coming ? 0 : calm + 1;
    if (calm <= 3) return false;
    calm = 0;
    return true;
  };
})();"""
_QUIET = """() => document.querySelector("[data-test-script-state='notRunning']") !== null
  && document.querySelector('h1') !== null && (!window.isQuiet || window.isQuiet())"""


def listen(context: BrowserContext) -> None:
    """Let all pages of a browser know what they wait for."""
    context.add_init_script(_LISTEN)


def wait(page: Page) -> None:
    """Wait until nothing that a page asked is unanswered, and all of it is drawn."""
    page.wait_for_function(_QUIET)
