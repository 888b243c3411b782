import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Answer, answerOf } from '../../fixtures/answer-of.ts'
import { until } from '../../fixtures/host-under-test.ts'
import { takeTurn } from '../../fixtures/in-turn.ts'
import { type OwnMachine, repository, signalLine } from './own-machine.ts'

const roots = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup/systemd', '/sys/fs/cgroup'].filter((at) =>
  existsSync(join(at, 'cgroup.procs')),
)
const home = '/home/ops'
const runtime = '/run/user/1000'
const asUser = 'exec setpriv --reuid 1000 --regid 1000 --clear-groups'

const prepare = `
mkdir -p /run/systemd/system /run/systemd/journal ${runtime} /var/log/journal ${home}/.config/systemd/user
# From its first line on, the journal of each user is one of its own, as after a boot.
touch /run/systemd/journal/flushed
mkdir -p /run/systemd/journald.conf.d
printf '[Journal]\\nReadKMsg=no\\n' > /run/systemd/journald.conf.d/own.conf
grep -v :1000: /etc/passwd > /run/passwd
echo ops:x:1000:1000::${home}:/bin/sh >> /run/passwd
mount --bind /run/passwd /etc/passwd
cd ${home}/.config/systemd/user
for name in basic default network-online; do printf '[Unit]\\nDefaultDependencies=no\\n' > $name.target; done
for name in exit.target systemd-exit.service shutdown.target; do ln -s /usr/lib/systemd/user/$name $name; done
chown -R 1000:1000 ${home} ${runtime}
chmod 700 ${runtime}
`

const logindPrepare = `
mkdir -p /run/dbus /run/systemd/seats
mount -t tmpfs tmpfs /var/lib/systemd
dbus-daemon --system --fork --nopidfile
`

/** A user of an {@link OwnMachine} that was booted with systemd: has a manager, and a journal. */
export interface MachineUser {
  run(line: string): Promise<Answer>
  spawn(line: string): ChildProcess
  /** Who keeps sign-ins, and which users linger. */
  startLogind(): Promise<void>
  /** Its services are stopped in order first. */
  end(): Promise<void>
}

export async function startUserManager(machine: OwnMachine): Promise<MachineUser> {
  const giveBack = await takeTurn('user-systemd')
  // Named as where systemd keeps users, so that the journal knows whose line it is.
  const slice = `moltbottest-${process.pid}.slice`
  for (const root of roots) mkdirSync(join(root, slice, 'user@1000.service'), { recursive: true })
  const groups = roots.map((root) => join(root, slice, 'user@1000.service'))
  const prepared = await machine.run(`${prepare}\nchown -R 1000:1000 ${groups.join(' ')}`)
  if (prepared.code !== 0) throw new Error(prepared.stderr)
  machine.spawn('exec /usr/lib/systemd/systemd-journald')
  await until(() => existsSync(machine.path('/run/systemd/journal/stdout')), 'the journal')

  const env = {
    HOME: home,
    USER: 'ops',
    PATH: `${home}/.local/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin`,
    XDG_RUNTIME_DIR: runtime,
    SYSTEMD_UNIT_PATH: `${home}/.config/systemd/user`,
  }
  const entered = groups.map((group) => `echo $$ > ${group}/cgroup.procs`).join('; ')
  const manager = machine.spawn(`${entered}; ${asUser} systemd --user --unit=basic.target`, {
    ...env,
    SYSTEMD_LOG_TARGET: 'console',
  })
  const ended = new Promise((done) => manager.once('exit', done))
  const spawn = (line: string) =>
    machine.spawn(`${asUser} sh -c 'cd && eval "$LINE"'`, { ...env, LINE: line })
  const run = (line: string) => answerOf(spawn(line))
  await until(async () => (await run('systemctl --user is-active basic.target')).code === 0, 'its manager')
  const linked = await run(`${repository}/dist/moltbot install-cli`)
  if (linked.code !== 0) throw new Error(`install-cli: ${linked.stdout}${linked.stderr}`)
  return {
    run,
    spawn,
    async startLogind() {
      await machine.run(logindPrepare)
      machine.spawn('exec /usr/lib/systemd/systemd-logind')
      await until(async () => (await machine.run('loginctl list-users')).code === 0, 'logind')
    },
    async end() {
      signalLine(manager, 'SIGTERM')
      await ended
      for (const root of roots) removeGroup(join(root, slice))
      giveBack()
    },
  }
}

/** A cgroup is removed folder by folder, its files go by themselves. */
function removeGroup(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroup(join(path, entry.name))
  }
  rmdirSync(path)
}
