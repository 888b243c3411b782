import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { listSessions } from '../../gateway/sessions/read/list-sessions.ts'
import { answerOf } from '../fixtures/answer-of.ts'
import { namesIn, sessionFolders } from '../unit/gateway/sessions/session-folder.ts'
import { entry, quiet, slowMs, whyNoClawdbot } from './clawdbot.ts'

const folder = sessionFolders()
const ours = join(import.meta.dirname, '../unit/gateway/sessions/patch-often.ts')
const rounds = 40

/** Adds sessions with clawdbot's own code, each under its lock. */
const theirs = `
const [module, store, rounds] = process.argv.slice(2)
const { updateSessionStore } = await import(module)
for (let index = 0; index < Number(rounds); index += 1) {
  await updateSessionStore(store, (entries) => {
    entries['agent:main:theirs-' + index] = { sessionId: 't' + index, updatedAt: Date.now(), mark: index }
  })
}`

describe.skipIf(!entry)(`one list of sessions, two programs (${whyNoClawdbot})`, () => {
  it('clawdbot and we lose nothing of each other, and read what the other wrote', {
    timeout: slowMs,
  }, async () => {
    const { base, stateDir, store, sessions, state, writeStore, readStore } = folder()
    writeStore({ 'agent:main:main': { sessionId: 'm', updatedAt: 1, future: { kept: true } } })
    const program = join(base, 'theirs.mjs')
    writeFileSync(program, theirs)
    const module = pathToFileURL(join(dirname(entry), 'config/sessions/store.js')).href
    const env = { ...process.env, ...quiet, HOME: base, CLAWDBOT_STATE_DIR: stateDir }
    const run = (args: readonly string[]) =>
      answerOf(spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }))
    const answers = await Promise.all([
      run([program, module, store, String(rounds)]),
      run([ours, stateDir, 'ours', String(rounds)]),
    ])
    expect(answers.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    const entries = readStore()
    expect(Object.keys(entries)).toHaveLength(2 * rounds + 1)
    for (let index = 0; index < rounds; index += 1) {
      expect(entries[`agent:main:theirs-${index}`]).toMatchObject({ mark: index })
      expect(entries[`agent:main:ours-${index}`]).toMatchObject({ label: `ours ${index}` })
    }
    expect(entries['agent:main:main']).toMatchObject({ future: { kept: true } })
    expect(namesIn(sessions)).toEqual(['sessions.json'])
    expect((await listSessions(state())).total).toBe(2 * rounds + 1)
  })
})
