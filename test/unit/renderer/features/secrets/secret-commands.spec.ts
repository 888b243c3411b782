import { beforeEach, describe, expect, it } from 'vitest'
import { secretCommands } from '../../../../../renderer/features/secrets/secret-commands.ts'
import { useSecrets } from '../../../../../renderer/features/secrets/secrets-store.ts'
import type { HostClient } from '../../../../../shared/host-client.ts'
import { problem } from '../../../../../shared/problem.ts'
import { scriptedStates, snapshotOf } from '../../../../fixtures/scripted-states.ts'

const { secrets: view } = snapshotOf(scriptedStates(0).running, 0)
const value = 'sk-ant-0123456789'

describe('secrets in the page', () => {
  const asked: { call: string; args: unknown[]; answer: (outcome: unknown) => void }[] = []
  const client: HostClient = {
    call: (call, ...args) =>
      new Promise((resolve) => {
        asked.push({ call, args, answer: (outcome) => resolve(outcome as never) }) // the spec knows the call
      }),
    on: () => () => {},
  }
  const commands = secretCommands(client)
  beforeEach(() => {
    asked.length = 0
    useSecrets.setState(useSecrets.getInitialState())
    useSecrets.getState().snapshotTaken(view)
  })

  it('never stand in the store, neither while they are sent nor after', async () => {
    const isDone = commands.set('add', 'A_KEY', value)
    expect(asked[0]).toMatchObject({ call: 'secrets.set', args: [{ name: 'A_KEY', value }] })
    const state = () => JSON.stringify({ ...useSecrets.getState(), asked: [...useSecrets.getState().asked] })
    expect(state()).not.toContain(value)
    expect(useSecrets.getState().asked.has('add')).toBe(true)
    asked[0]?.answer({ ok: true, value: { ...view, revision: 2, restartNeeded: true } })
    expect(await isDone).toBe(true)
    expect(state()).not.toContain(value)
    expect(useSecrets.getState()).toMatchObject({ view: { revision: 2, restartNeeded: true } })
    expect(useSecrets.getState().refusals).toEqual({})
    expect(useSecrets.getState().asked.size).toBe(0)
  })

  it('are asked for once at a time in one place, and beside each other in two', async () => {
    const first = commands.delete('A_KEY')
    expect(await commands.delete('A_KEY')).toBe(false)
    void commands.move('B_KEY')
    expect(asked.map(({ call }) => call)).toEqual(['secrets.delete', 'secrets.move'])
    asked[0]?.answer({ ok: true, value: view })
    expect(await first).toBe(true)
  })

  it('say in their place why they were refused, until that is tried again or put away', async () => {
    const first = commands.unlock('wrong')
    asked[0]?.answer({ ok: false, ...problem('SEALED_FILE_WRONG_PASSPHRASE', { path: '/s' }) })
    expect(await first).toBe(false)
    expect(useSecrets.getState().refusals.store?.code).toBe('SEALED_FILE_WRONG_PASSPHRASE')
    useSecrets.getState().forgetRefusal('store')
    expect(useSecrets.getState().refusals).toEqual({})
    const second = commands.look()
    asked[1]?.answer({ ok: false, ...problem('INTERNAL', { detail: 'x' }) })
    await second
    void commands.look()
    expect(useSecrets.getState().refusals).toEqual({})
  })

  it('drop what is not newer, and begin anew with a snapshot', () => {
    useSecrets.getState().changed({ ...view, restartNeeded: true })
    expect(useSecrets.getState().view).toEqual(view)
    useSecrets.getState().changed({ ...view, revision: 9 })
    useSecrets.getState().snapshotTaken(view)
    expect(useSecrets.getState().view?.revision).toBe(1)
  })
})
