/** A page that has lived this long starts anew when it ends. */
const healthyMs = 60_000
const firstMs = 500
const longestMs = 30_000

/** How long to wait before a page that ended is loaded again; `now` and the result in ms. */
export function reloadDelays(): (now: number) => number {
  let last = Number.NEGATIVE_INFINITY
  let next = firstMs
  return (now) => {
    if (now - last > healthyMs) next = firstMs
    last = now
    const delay = next
    next = Math.min(next * 2, longestMs)
    return delay
  }
}
