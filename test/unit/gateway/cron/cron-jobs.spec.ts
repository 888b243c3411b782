import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cronJobs } from '../../../../gateway/cron/cron-jobs.ts'
import { sessionFolders } from '../sessions/session-folder.ts'

const folder = sessionFolders()

describe('jobs', () => {
  it.each([
    ['as Moltbot writes them', '{"jobs": [{"id": "a"}, 7]}'],
    ['edited by hand', "{ jobs: [{ id: 'a' }], // mine\n}"],
  ])('are read %s', async (_, text) => {
    const { state, stateDir, write } = folder()
    write(join(stateDir, 'cron/jobs.json'), text)
    expect(await cronJobs(state())).toMatchObject({ ok: true, jobs: [{ id: 'a' }] })
  })

  it.each([
    ['damaged', '{"jobs": ['],
    // Its answer would be longer than a connection may have before it.
    ['too long', `{"jobs": [{"id": "${'x'.repeat(1_000_000)}"}]}`],
  ])('in a file that is %s are refused', async (detail, text) => {
    const { state, stateDir, write } = folder()
    write(join(stateDir, 'cron/jobs.json'), text)
    const read = await cronJobs(state())
    expect(read).toMatchObject({ ok: false, code: 'STATE_FILE_UNREADABLE' })
    expect(JSON.stringify(read)).toContain(`it is ${detail}`)
  })
})
