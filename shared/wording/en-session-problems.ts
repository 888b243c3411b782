import type { SessionProblemParams } from '../session-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const enSessionProblems: Record<keyof SessionProblemParams, ProblemText> = {
  STATE_FILE_UNREADABLE: {
    what: 'A file of the state folder cannot be read.',
    why: '`{{path}}`: {{detail}}.',
    remedy:
      'See to it that it is a file of your own inside the state folder; `moltbot doctor` looks at them all.',
  },
  SESSIONS_BROKEN: {
    what: 'The list of sessions is damaged.',
    why: '`{{path}}`, line {{line}}: {{detail}}.',
    remedy:
      'Bring it back from a backup (`moltbot backup list`), or correct that line. Nothing is written to it until then.',
  },
  SESSIONS_LOCKED: {
    what: 'The session was not changed.',
    why: 'Another program (process {{pid}}) has been changing `{{path}}` for {{seconds}} seconds.',
    remedy: 'Try again in a moment. If that process has nothing to do with Moltbot, delete the file.',
  },
  SESSIONS_NOT_WRITTEN: {
    what: 'The session was not changed.',
    why: '`{{path}}` cannot be written: {{detail}}.',
    remedy: 'Make room, or give your user the right to write there, and try again.',
  },
  SESSION_UNKNOWN: {
    what: 'There is no such session.',
    why: 'No list of sessions has `{{key}}`.',
    remedy: 'See which there are with `moltbot sessions list`.',
  },
  SESSION_IS_MAIN: {
    what: 'The session was not deleted.',
    why: '`{{key}}` is the main session, which always exists.',
    remedy: 'Begin it anew instead: `sessions.reset`.',
  },
  SESSION_VALUE_INVALID: {
    what: 'The session was not changed.',
    why: '`{{field}}` cannot have that value: {{detail}}.',
    remedy: 'Choose another value.',
  },
}
