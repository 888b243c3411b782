/** The page of the secrets. Singular forms end in `_one`, plural forms in `_other`. */
export const enSecrets = {
  store: {
    keptIn: 'Secrets are kept in',
    kind: {
      keychain: 'the keychain of this computer',
      sealedFile: 'a sealed file',
      envFile: 'the readable file `.env`',
    },
    state: {
      ready: 'Ready',
      absent: 'Not there',
      locked: 'Locked',
      denied: 'Refused',
      waiting: 'Waiting for an answer',
      failed: 'Failed',
    },
    openFile: 'Whoever can read your files can read them. They work at start-up without a password.',
    lookAgain: 'Look again',
    change: 'Keep them elsewhere …',
    choose: 'Where to keep secrets',
    chooseHint: 'What is kept now is taken along.',
    use: {
      keychain: 'Keychain',
      sealedFile: 'Sealed file',
      envFile: '`.env`, readable',
    },
    useHint: {
      keychain: 'Encrypted by your system and opened when you sign in. The safest place.',
      sealedFile:
        'Encrypted with a passphrase of yours, which is asked for after each start of Moltbot. Without it the gateway does not start by itself.',
      envFile:
        'Not encrypted: every program that runs as you can read it, and so can whoever has the disk. The gateway starts by itself.',
    },
    keepHere: 'Keep secrets here',
    passphrase: 'Passphrase',
    passphraseHint: 'Nobody can recover it. Five unrelated words are good.',
    passphraseAgain: 'Passphrase again',
    passphrasesDiffer: 'The two are not the same.',
    unlock: 'Unlock',
  },
  restart: {
    what: 'The gateway still runs with the former secrets',
    remedy: 'Restart it to bring the change into force.',
  },
  missing: {
    title: 'Missing',
    what: '`{{name}}` is missing',
    usedBy: 'The configuration needs it at {{keys}}',
  },
  table: 'Secrets',
  empty:
    'No secret yet. Set an API key or a token here, and refer to it as `{{reference}}` in the configuration.',
  column: { name: 'Name', usedBy: 'Used by', changed: 'Changed', source: 'Kept in', acts: 'Acts' },
  source: {
    environment: 'Environment',
    keychain: 'Keychain',
    sealedFile: 'Sealed file',
    envFile: '`.env`, readable',
    config: 'Configuration, readable',
    nowhere: 'Nowhere',
  },
  user: { gateway: 'gateway' },
  unused: 'nothing',
  notFromHere: '–',
  notFromHereHint: 'Not set from here',
  alsoInEnv: 'also readable in `.env`',
  byEnvironment:
    'The environment in which Moltbot was started gives it, and that is stronger. Change it there.',
  inConfig: 'It stands in the `env` of the configuration. A value set here is stronger.',
  tokenInConfig: 'It stands readable in the configuration. Take it out there before you set it here.',
  act: {
    add: 'Add a secret',
    set: 'Set …',
    setIt: 'Set',
    delete: 'Delete …',
    deleteIt: 'Delete',
    move: { keychain: 'Move into the keychain', sealedFile: 'Move into the sealed file' },
    rotate: 'Replace …',
    rotateIt: 'Replace the token',
    cancel: 'Cancel',
  },
  name: 'Name',
  nameHint: 'As `{{reference}}` in the configuration.',
  nameInvalid: 'Capital letters, digits and underscores, at most 64, and no digit first.',
  nameThere: 'There is one with this name; setting it replaces its value.',
  value: 'Value',
  valueHint: 'It can be replaced, and is never shown again. Several lines may be pasted.',
  show: 'Show',
  hide: 'Hide',
  fault: {
    short: 'Too short: at least {{least}} bytes, else it could not be kept out of the log.',
    long: 'Too long: at most {{most}}.',
    character: 'It has a control character, which does not belong in it. Copy it again as plain text.',
  },
  confirm: {
    delete: 'Delete `{{name}}`? Its value is gone then, also for you.',
    deleteUsed:
      'Delete `{{name}}`? Its value is gone then, also for you. The configuration needs it at {{keys}}, which does not work until it is set again.',
    rotate: 'Replace the gateway token by a new random one?',
    rotateHint:
      'The gateway is started again. Clients with the old token are refused until they get the new one.',
  },
}
