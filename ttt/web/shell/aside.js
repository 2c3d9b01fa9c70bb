// The sign that enlarges a figure lies over a corner of it, where it steps aside: into the corner
// where it covers the fewest words, then as little as it can of what is dragged over. No mark is
// covered, as nobody could point at it: where marks are in all corners the sign goes above them.
;(() => {
  const MARK = 1e6, OUTSIDE = 5e5, WORD = 1e3 // what it costs to cover one, or to leave the figure
  const CORNERS = ["top right", "bottom right", "top left", "bottom left", "above right"]
  const MARKS = ".points path, .heatmaplayer image"

  const boxes = (place, what) => [...place.querySelectorAll(what)].map(one => one.getBoundingClientRect())
  const under = ({ left, top, right, bottom }, all) =>
    all.filter(one => one.left < right && one.right > left && one.top < bottom && one.bottom > top).length

  const freest = (place, sign) => {
    // A figure may be broader than what holds both.
    const whole = place.parentElement.getBoundingClientRect()
    const { offsetWidth: wide, offsetHeight: high } = sign
    const surface = boxes(place, ".nsewdrag")
    // What WebGL draws is no element: it may be anywhere.
    const marks = place.querySelector(".gl-canvas") ? surface : boxes(place, MARKS)
    const words = boxes(place, "text:not(.hoverlayer text)")
    const covered = corner => {
      if (corner.startsWith("above")) return OUTSIDE
      const top = corner.startsWith("top") ? whole.top : whole.bottom - high
      const left = corner.endsWith("left") ? whole.left : whole.right - wide
      const box = { left, top, right: left + wide, bottom: top + high }
      return under(box, marks) * MARK + under(box, words) * WORD + under(box, surface)
    }
    const all = CORNERS.map(covered)
    return CORNERS[all.indexOf(Math.min(...all))]
  }

  // Looked for when it is about to show, once for each drawing of a figure and each size of it.
  const show = ({ target }) => {
    const held = target.closest?.(".ttt-held")
    const [place, sign] = held?.children ?? []
    if (!place?.matches(".js-plotly-plot")) return
    const drawing = `${place.clientWidth} ${place.clientHeight} ${place.querySelectorAll(MARKS).length}`
    if (sign.dataset.of === drawing) return
    sign.dataset.of = drawing
    sign.dataset.at = freest(place, sign)
  }
  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, show)
})()
