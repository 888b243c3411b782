/**
 * Tells on stderr what is being done and for how long; stdout belongs to the program that follows.
 * @template T
 * @param {{ doing: string, done: string }} words
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress({ doing, done }, work) {
  const started = performance.now()
  const seconds = () => Math.round((performance.now() - started) / 1000)
  const live = process.stderr.isTTY === true
  const show = () =>
    process.stderr.write(live ? `\r${doing} … ${seconds()} s ` : `${doing} … ${seconds()} s\n`)
  show()
  const timer = setInterval(show, live ? 1000 : 15_000)
  try {
    const result = await work()
    process.stderr.write(`${live ? '\r\u001b[K' : ''}${done} in ${seconds()} s.\n`)
    return result
  } finally {
    clearInterval(timer)
  }
}
