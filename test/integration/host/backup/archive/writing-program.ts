import { appendFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes to a state 200 times a second as a gateway does: two files whose counters are equal between any two
 * operations, and a line. Says so once it is at work; ends when it is told to stop, after the last operation.
 */
const [state = ''] = process.argv.slice(2)
const put = (name: string, text: string) => {
  writeFileSync(join(state, `${name}.tmp`), text)
  renameSync(join(state, `${name}.tmp`), join(state, name))
}
let count = 0
const timer = setInterval(() => {
  count += 1
  put('cron/one.json', JSON.stringify({ count }))
  put('cron/two.json', JSON.stringify({ count }))
  const line = JSON.stringify({ count, text: 'x'.repeat(count % 500) })
  appendFileSync(join(state, 'agents/main/sessions/s1.jsonl'), line.slice(0, 10))
  appendFileSync(join(state, 'agents/main/sessions/s1.jsonl'), `${line.slice(10)}\n`)
  if (count === 1) process.stdout.write('writing\n')
}, 5)
process.stdin.on('data', () => {
  clearInterval(timer)
  process.stdout.write(`stopped ${count}\n`, () => process.exit())
})
process.stdin.on('end', () => process.exit()) // whoever started it is gone
