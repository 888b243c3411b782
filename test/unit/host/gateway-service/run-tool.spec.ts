import { describe, expect, it } from 'vitest'
import { runTool } from '../../../../host/gateway-service/run-tool.ts'

const run = (script: string, limitMs = 5_000) =>
  runTool('sh', ['-c', script], { env: { PATH: process.env.PATH }, limitMs })

describe('a tool of the operating system', () => {
  it('answers in English, whatever the language of the session', async () => {
    expect(await run('echo "$LC_ALL"')).toEqual({ ok: true, stdout: 'C\n' })
  })

  it('that fails is quoted by its last words', async () => {
    const failed = await run('echo first >&2; echo "Failed to connect to bus" >&2; exit 5')
    expect(failed).toEqual({ ok: false, code: 5, detail: 'Failed to connect to bus' })
    expect(await run('exit 3')).toEqual({ ok: false, code: 3, detail: 'exit code 3' })
  })

  it('is not waited for any longer than its limit', async () => {
    const began = performance.now()
    expect(await run('exec sleep 20', 200)).toEqual({
      ok: false,
      code: null,
      detail: 'no answer within 200 ms',
    })
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  it('that is not there is named so', async () => {
    const gone = await runTool('/nowhere/systemctl', [], { env: {}, limitMs: 1_000 })
    expect(gone).toEqual({ ok: false, code: null, detail: 'ENOENT' })
  })
})
