/** Runs one task at a time, first come, first served: many readers together cost no more of a turn than one. */
export function inTurn(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const next = last.then(task)
    last = next.catch(() => {}) // it is the caller's
    return next
  }
}
