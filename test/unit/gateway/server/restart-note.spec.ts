import { mkdirSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { restartNotePath, takeRestartNote } from '../../../../gateway/server/restart-note.ts'
import { stateFolders } from '../../host/config/state-folder.ts'

describe('what was left for the next start', () => {
  const stateFolder = stateFolders()

  async function take(stateDir: string) {
    const told: unknown[] = []
    await takeRestartNote(stateDir, { info: (message, data) => told.push([message, data]) })
    return told
  }

  it('is told once and removed, also where Moltbot itself has left it', async () => {
    const payload = {
      kind: 'update',
      status: 'ok',
      ts: 0,
      sessionKey: 'main',
      stats: { mode: 'npm', steps: [] },
      message: 'm'.repeat(5_000),
    }
    const { paths } = stateFolder({ 'restart-sentinel.json': JSON.stringify({ version: 1, payload }) })
    const facts = {
      by: 'npm',
      status: 'ok',
      at: new Date(0).toString(),
      sessionKey: 'main',
      note: 'm'.repeat(1_000),
    }
    expect(await take(paths.stateDir)).toEqual([['The restart was asked for', facts]])
    expect(await readdir(paths.stateDir)).toEqual([])
    expect(await take(paths.stateDir)).toEqual([])
  })

  it.each(['{', '{}', '{"version":2,"payload":{}}', 'null'])(
    'is removed where it says nothing: %s',
    async (text) => {
      const { paths } = stateFolder({ 'restart-sentinel.json': text })
      expect(await take(paths.stateDir)).toEqual([])
      expect(await readdir(paths.stateDir)).toEqual([])
    },
  )

  it('stays where it is no note at all', async () => {
    const large = stateFolder({ 'restart-sentinel.json': ' '.repeat(2 * 1024 * 1024) }).paths.stateDir
    const folder = stateFolder().paths.stateDir
    mkdirSync(restartNotePath(folder))
    writeFileSync(`${restartNotePath(folder)}/mine`, '')
    for (const stateDir of [large, folder]) {
      expect(await take(stateDir)).toEqual([])
      expect(await readdir(stateDir)).toEqual(['restart-sentinel.json'])
    }
  })
})
