const kill = process.kill.bind(process)

/** Pid 0 is this very process group: a spec that did not find the pid it looked for would end the runner and itself. */
process.kill = (pid, signal) => {
  if (pid === 0 && signal !== 0) throw new Error('This would signal the process group of the test runner')
  return kill(pid, signal)
}
