// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import type { ConfigEditProblemParams } from '../config-edit-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const enConfigEditProblems: Record<keyof ConfigEditProblemParams, ProblemText> = {
  CONFIG_KEY_INVALID: {
    what: 'This key cannot be read.',
    why: '{{detail}}.',
    remedy: 'Write it as `gateway.port`, `agents.list[0].id`, or `channels["a.b"].enabled`.',
  },
  CONFIG_KEY_NOT_SET: {
    what: '`{{key}}` is not set.',
    why: 'No file of the configuration has it.',
    remedy: 'See what may stand there with `moltbot config schema`, and set it with `moltbot config set`.',
  },
  CONFIG_KEY_MISSPELLED: {
    what: '`{{key}}` is not set.',
    why: 'There is no such key; `{{suggestion}}` is one.',
    remedy: 'Try `{{suggestion}}`, or see what there is with `moltbot config schema`.',
  },
  CONFIG_CHANGE_INVALID: {
    what: 'The configuration was not changed.',
    why: 'It would no longer be valid: `{{key}}` in `{{path}}`, line {{line}}, column {{column}}: `{{detail}}`.',
    remedy:
      'Choose another value; `moltbot config schema` says which. What is wrong already: `moltbot config validate`.',
  },
  CONFIG_SHRINKS: {
    what: 'The configuration was not changed.',
    why: '`{{path}}` has {{before}} keys, and only {{after}} of them would be left.',
    remedy: 'Change single keys instead, or say that it is meant: `force: true`.',
  },
  CONFIG_SECRET_LITERAL: {
    what: 'The configuration was not changed.',
    why: '`{{key}}` is a secret, and in the file it could be read by whoever reads your files or a backup.',
    remedy:
      "Keep it with `moltbot secrets set {{name}}`, and refer to it: `moltbot config set {{key}} '{{reference}}'`.",
  },
  CONFIG_REFERENCE_REPLACED: {
    what: 'The configuration was not changed.',
    why: '`{{key}}` takes its value from `{{name}}`, and a value of its own would stand in its place.',
    remedy: 'Change it with `moltbot secrets set {{name}}`, or say that it is meant: `--literal`.',
  },
  CONFIG_KEY_LOCAL: {
    what: 'The configuration was not changed.',
    why: '`{{key}}` has a say in what is run, who may give orders, or what is open to whom, and is not changed over the protocol.',
    remedy: 'Change it on the machine itself: `moltbot config set {{key}} …`.',
  },
  CONFIG_REFERENCE_LOCAL: {
    what: 'The configuration was not changed.',
    why: '`{{key}}` would show what `{{name}}` holds, perhaps a secret; over the protocol no new reference is put in.',
    remedy: 'Write the text itself, or change it on the machine: `moltbot config set {{key}} …`.',
  },
  CONFIG_SIGN_STRAY: {
    what: 'The configuration was not changed.',
    why: '`{{key}}` holds the sign for a hidden secret, and there is no secret that it could stand for.',
    remedy: 'Leave the key out, or refer to a secret as `${NAME}`.',
  },
}
