import type { StartupProblemParams } from '../startup-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const enStartupProblems: Record<keyof StartupProblemParams, ProblemText> = {
  LOGIN_ITEM_NOT_WRITTEN: {
    what: 'Launch at login was not changed.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy:
      'Move away what stands there, or give yourself the right to write in that folder, then try again.',
  },
  LOGIN_ITEM_FOREIGN: {
    what: 'Another entry stands where launch at login would be.',
    why: '`{{path}}` was written by another copy of Moltbot or by another program, or edited since. It runs `{{runs}}`.',
    remedy: 'Leave it, or replace it: the former entry is kept beside it.',
  },
  LOGIN_ITEM_UNSUPPORTED: {
    what: 'Launch at login is not possible here.',
    why: '`{{detail}}`.',
    remedy:
      'Install Moltbot Desktop in another place, or set up the gateway as a service: `moltbot service install`.',
  },
  LOGIN_ITEM_NEEDS_APPROVAL: {
    what: 'Launch at login waits for your consent.',
    why: 'macOS asks its owner before a program is opened at login.',
    remedy: 'Allow Moltbot in System Settings, under General, Login Items.',
  },
  SERVICE_NO_MANAGER: {
    what: 'There is nothing here that could run the gateway as a service.',
    why: '`{{detail}}`.',
    remedy:
      'Sign in to a session of your own (not by `su` or `sudo`). Without one, let `moltbot host` run the gateway.',
  },
  SERVICE_FILE_NOT_WRITTEN: {
    what: 'The gateway service was not changed.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy:
      'Move away what stands there, or give yourself the right to write in that folder, then try again.',
  },
  SERVICE_FILE_FOREIGN: {
    what: 'The service file belongs to another program.',
    why: '`{{path}}` was not written from here. It runs `{{runs}}`.',
    remedy: 'Leave it, or replace it: the former file is kept beside it. By command: add `--replace`.',
  },
  SERVICE_FILE_EDITED: {
    what: 'The service file was edited.',
    why: 'Somebody changed `{{path}}` since it was written.',
    remedy: 'Leave it, or replace it: the edited file is kept beside it. By command: add `--replace`.',
  },
  SERVICE_FILE_UNREADABLE: {
    what: 'The service file cannot be read.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Move it away, or give yourself the right to read it, then look again.',
  },
  SERVICE_NOT_INSTALLED: {
    what: 'The gateway is not set up as a service.',
    why: 'There is no `{{path}}`.',
    remedy: 'Set it up in the settings, or run `moltbot service install`.',
  },
  SERVICE_MANAGER_FAILED: {
    what: '{{manager}} did not do what was asked.',
    why: '`{{command}}`: `{{detail}}`.',
    remedy: 'Run that command in a terminal to see more, then try again.',
  },
  SERVICE_PROGRAM_VANISHES: {
    what: 'The gateway was not set up as a service.',
    why: 'Moltbot runs from an AppImage, so `{{program}}` is gone as soon as it is left.',
    remedy: 'Install the deb package, or turn on launch at login instead.',
  },
  SERVICE_BUILT_IN_ONLY: {
    what: 'The gateway was not set up as a service.',
    why: 'The gateway in use is an npm package: `{{program}}`. Only the one that came with Moltbot Desktop can be set up from here.',
    remedy: 'Switch to the built-in gateway on the page Updates, or set that package up by its own command.',
  },
  SERVICE_SEALED_FILE: {
    what: 'The gateway was not set up as a service.',
    why: 'Your secrets are in a sealed file, and nobody is there to give a service its passphrase.',
    remedy: 'Keep them in the keychain or in the readable file first: `moltbot secrets store env-file`.',
  },
  SERVICE_NOT_WELL: {
    what: 'The gateway did not become well as a service, and everything is as it was before.',
    why: '`{{unit}}`: {{detail}}.',
    remedy: 'Look into the log, put right what it names, then try again.',
  },
  SERVICE_KEYCHAIN_AT_BOOT: {
    what: 'At boot, the gateway cannot read its secrets.',
    why: 'Your services run without a login, but your secrets are in the keychain, which opens only when you sign in.',
    remedy:
      'Keep them in the readable file, `moltbot secrets store env-file`, or end that: `loginctl disable-linger`.',
  },
}
