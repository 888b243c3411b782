import { expect, it } from 'vitest'
import { whySandboxIsOff } from '../../../../electron/start/sandbox-state.ts'

const appImage = { APPIMAGE: '/home/me/Moltbot.AppImage' }

it('an AppImage says that its start script took the sandbox away, and what to do', () => {
  expect(whySandboxIsOff(['--no-sandbox', '--no-open'], appImage)).toMatch(
    /without Chromium’s sandbox.*Install the deb/,
  )
})

it.each([
  [['--no-open'], appImage],
  [['--no-sandbox'], {}],
] as const)('%j with %o says nothing', (args, env) => {
  expect(whySandboxIsOff(args, env)).toBeNull()
})
