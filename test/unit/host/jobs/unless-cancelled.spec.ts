import { expect, it } from 'vitest'
import { unlessCancelled } from '../../../../host/jobs/unless-cancelled.ts'

it('is the work’s own outcome, unless a cancel comes first, or came before', async () => {
  const { signal } = new AbortController()
  expect(await unlessCancelled(signal, Promise.resolve(1))).toBe(1)
  await expect(unlessCancelled(signal, Promise.reject(new Error('own')))).rejects.toThrow('own')
  const endless = new Promise(() => {})
  const cancel = new AbortController()
  const waiting = unlessCancelled(cancel.signal, endless)
  cancel.abort()
  await expect(waiting).rejects.toThrow(/JOB_CANCELLED/)
  await expect(unlessCancelled(cancel.signal, Promise.resolve(1))).rejects.toThrow(/JOB_CANCELLED/)
})
