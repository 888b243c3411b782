/** Launch at login, and the gateway as a service: two parts of the settings. */
export const enStartup = {
  login: {
    label: 'Launch at login',
    app: 'Moltbot opens in the tray when you sign in, without its window.',
    host: 'When you sign in, Moltbot starts in the background, without a window or a page.',
    entry: 'The entry is `{{path}}`.',
    state: {
      on: 'On',
      off: 'Off',
      foreign: 'Of another program',
      needsApproval: 'Waits for consent',
      unsupported: 'Not possible',
    },
    replace: 'Replace …',
    replaceIt: 'Replace the entry',
    confirmReplace:
      'Replace the entry that runs `{{runs}}`? It is kept beside the new one, and no longer run at login.',
  },
  service: {
    title: 'Gateway service',
    label: 'Run the gateway as a service',
    hint: 'The system then runs it, also while Moltbot Desktop does not.',
    state: {
      absent: 'Not installed',
      active: 'Running',
      activating: 'Starting',
      inactive: 'Stopped',
      failed: 'Failed',
      unloaded: 'Installed, but not loaded',
      unknown: 'State not known',
    },
    withPid: '{{state}} (PID {{pid}})',
    notEnabled: 'It does not start by itself.',
    file: 'Its file is `{{path}}`.',
    install: 'Install …',
    installIt: 'Install the service',
    repair: 'Install again …',
    replace: 'Replace …',
    remove: 'Remove …',
    removeIt: 'Remove the service',
    cancel: 'Cancel',
    confirmInstall:
      'The gateway is stopped here and started again as a service of {{manager}}. It then starts when you sign in, and is restarted when it fails.',
    confirmReplace: 'The file that is there now is kept as a `.bak` beside it.',
    confirmRemove:
      'The service is stopped and its file `{{path}}` removed. Moltbot Desktop runs the gateway again.',
    confirmTogether: 'If it does not become well, everything is put back.',
    lingerOff:
      'It runs while you are signed in. To have it run from boot on: `loginctl enable-linger`, once, in a terminal.',
    lingerOn: 'It runs from boot on, whether you are signed in or not.',
  },
}
