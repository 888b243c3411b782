import { createBackup } from '../../../../../host/backup/archive/create-backup.ts'

/** Makes one backup after the other as its argument says, until it is killed. */
const order = JSON.parse(process.argv[2] ?? '') as Omit<Parameters<typeof createBackup>[0], 'name'>
const hooks = { progress() {}, pause: async () => false, resume() {} }
process.stdout.write('ready\n')
for (let count = 0; ; count++) {
  const name = `moltbot-20261125-${String(count).padStart(6, '0')}.tar.gz.age`
  await createBackup({ ...order, name }, '00000000', hooks)
}
