import type { InstallationProblemParams } from '../installation-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const enInstallationProblems: Record<keyof InstallationProblemParams, ProblemText> = {
  COMPLETION_FOREIGN: {
    what: 'Completion was not installed.',
    why: 'Something that was not written from here stands at `{{path}}`.',
    remedy: 'Move it away and try again, or read it in another way: `moltbot completion {{shell}}`.',
  },
  COMPLETION_NOT_WRITTEN: {
    what: 'Completion was not installed.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Give yourself the right to write there and see that the disk has room, then try again.',
  },
  CLI_NO_LAUNCHER: {
    what: 'There is no command to link to.',
    why: '{{detail}}.',
    remedy: 'In the repository, run `npm run build`. With the AppImage, start the application once.',
  },
  CLI_LINK_FOREIGN: {
    what: 'The link was not made.',
    why: 'Something else stands at `{{path}}`: {{what}}.',
    remedy:
      'Choose another folder with `--to`, or replace it with `--force`: it is kept beside it as `.bak`.',
  },
  CLI_LINK_NOT_WRITTEN: {
    what: 'The link was not made.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Choose another folder with `--to`, or give yourself the right to write in that one.',
  },
  UNINSTALL_JOB_RUNS: {
    what: 'Nothing was removed.',
    why: 'A job is under way: {{job}}.',
    remedy: 'Wait until it has ended, or cancel it, then try again.',
  },
  UNINSTALL_COMMAND_RUNS: {
    what: 'Nothing was removed.',
    why: 'Another command is at work on the state (process {{pid}}).',
    remedy: 'Wait until it has ended, then try again.',
  },
  UNINSTALL_HOST_STAYS: {
    what: 'Nothing was removed.',
    why: 'The running host (process {{pid}}) was asked to leave and has not within {{seconds}} s.',
    remedy: 'Quit Moltbot yourself, then try again.',
  },
  UNINSTALL_FROM_TERMINAL: {
    what: 'Nothing was removed.',
    why: 'This terminal belongs to Moltbot Desktop, and would end in the midst of it.',
    remedy: 'Run the same command in another terminal.',
  },
  UNINSTALL_STATE_IN_USE: {
    what: 'Nothing was removed.',
    why: 'A gateway that was started elsewhere runs on `{{path}}`: {{program}}, process {{pid}}.',
    remedy: 'Stop it where it was started, then try again; or leave out `--state`.',
  },
  UNINSTALL_HOST_DIR_UNSAFE: {
    what: 'Nothing was removed.',
    why: '`MOLTBOT_HOST_DIR` leads to `{{path}}`, which cannot be taken for the folder of a host: {{detail}}.',
    remedy: 'Set it to the folder that your host uses, or unset it, then try again.',
  },
  UNINSTALL_STATE_UNSAFE: {
    what: 'Nothing was removed.',
    why: '`{{path}}` cannot be taken for the state of a Moltbot alone: {{detail}}.',
    remedy: 'Look at what is in there and remove it yourself; or leave out `--state`.',
  },
}
