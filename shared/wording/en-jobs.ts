/** Jobs, wherever they are shown. The kinds are nested as their names are: `backup.create`. */
export const enJobs = {
  region: 'Jobs',
  running: {
    backup: {
      create: 'Making a backup',
      verify: 'Verifying a backup',
      inspect: 'Looking into a backup',
      restore: 'Restoring a backup',
    },
  },
  done: {
    backup: {
      create: 'Backup made',
      verify: 'Backup verified',
      inspect: 'Preview is ready',
      restore: 'Backup restored',
    },
  },
  failed: {
    backup: {
      create: 'No backup was made',
      verify: 'The backup did not pass',
      inspect: 'The backup cannot be restored',
      restore: 'The restore failed',
    },
  },
  cancelled: {
    backup: {
      create: 'Backup cancelled',
      verify: 'Verification cancelled',
      inspect: 'Preview cancelled',
      restore: 'Restore cancelled; nothing was changed',
    },
  },
  scheduled: 'by schedule',
  step: {
    waiting: 'Waiting',
    listing: 'Looking for files',
    copying: 'Copying files',
    settling: 'Waiting for writes to settle',
    packing: 'Packing and encrypting',
    verifying: 'Reading every byte back',
    comparing: 'Comparing with the present state',
    extracting: 'Unpacking beside the present state',
    stopping: 'Stopping the gateway',
    swapping: 'Swapping the state',
    starting: 'Starting the gateway',
    checkingHealth: 'Checking its health',
    returning: 'Putting the former state back',
    tidying: 'Tidying up',
  },
  amount: '{{done}} of {{total}}',
  percent: '{{percent}}%',
  cancel: 'Cancel',
  cancelKind: 'Cancel: {{title}}',
  dismiss: 'Dismiss',
  see: 'See',
  made: '{{size}}, {{files}} files',
  unverified: 'Not read back: the key is not on this machine.',
  skipped_one: '{{count, number}} file was left out.',
  skipped_other: '{{count, number}} files were left out.',
  keptAt: 'The former state lies in `{{path}}`.',
}
