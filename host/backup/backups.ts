import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import {
  type BackupCreate,
  type BackupKeyChange,
  type BackupOpen,
  type BackupsChange,
  type BackupsView,
  backupNamePattern,
} from '../../shared/backups.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import type { Clock } from '../clock.ts'
import { expandHome, type StatePaths } from '../config/state-paths.ts'
import type { HostPaths } from '../host-paths.ts'
import type { JobBoard, JobHandle } from '../jobs/job-board.ts'
import { unlessCancelled } from '../jobs/unless-cancelled.ts'
import { RecordFile } from '../records/record-file.ts'
import type { SecretsOwner } from '../secrets/secrets.ts'
import { compareArchive, type Opening, readArchive } from './archive/archive-work.ts'
import { deleteBackup, lookAtFolder, whyInside } from './backup-folder.ts'
import { findWrongRecipient, givenLock, usualLock, usualOpening, weakPassphrase } from './backup-key.ts'
import { type BackupRecord, backupRecordSchema, firstBackupRecord } from './backup-record.ts'
import { backupsView, scheduleView } from './backups-view.ts'
import { lackedSecrets } from './lacked-secrets.ts'
import { makeBackup, quietHooks } from './make-backup.ts'
import { type RestoreOrder, restoreBackup } from './restore-backup.ts'
import { saveSheet } from './save-sheet.ts'
import { dueSlot, latestSlot, settledMemory } from './schedule.ts'
import type { Supervised } from './supervised.ts'

export interface BackupsParts {
  readonly clock: Clock
  readonly hostPaths: Pick<HostPaths, 'backupsPath' | 'backupWorkDir' | 'backupFolder'>
  readonly statePaths: StatePaths
  readonly jobs: JobBoard
  readonly gateway: Supervised
  readonly secrets: Pick<
    SecretsOwner,
    'readValues' | 'readPrivate' | 'writePrivate' | 'take' | 'look' | 'view'
  >
  checkConfig: RestoreOrder['checkConfig']
  interrupted: RestoreOrder['interrupted']
  changed(view: BackupsView): void
  note(kind: TimelineKind, found: Problem | null, facts: Record<string, string | number>): void
}

/** The owner's backups: where they lie, what they are encrypted for, when the next one is due. */
export class BackupsOwner {
  readonly #parts: BackupsParts
  readonly #file: RecordFile<BackupRecord>
  #record: BackupRecord
  #view: BackupsView

  private constructor(parts: BackupsParts, record: BackupRecord, view: BackupsView) {
    this.#parts = parts
    this.#file = new RecordFile(parts.hostPaths.backupsPath, backupRecordSchema)
    this.#record = record
    this.#view = view
  }

  static async open(parts: BackupsParts): Promise<BackupsOwner> {
    const { backupsPath } = parts.hostPaths
    const found = await new RecordFile(backupsPath, backupRecordSchema).read()
    const now = parts.clock.now().wall
    const record = found.kind === 'found' ? found.value : firstBackupRecord(now)
    const { keptAt, detail } = found.kind === 'setAside' ? found : { keptAt: '', detail: '' }
    const damage = found.kind === 'setAside' ? problem('SETTINGS_SET_ASIDE', { keptAt, detail }) : null
    const view = await backupsView(record, parts, 1, damage)
    const owner = new BackupsOwner(parts, record, view)
    if (found.kind === 'absent') owner.#remember({})
    return owner
  }

  get view(): BackupsView {
    return this.#view
  }

  /** What the schedule decides by, settled for the clock of now. */
  get schedule(): Pick<BackupRecord, 'enabled' | 'at' | 'lastSlot' | 'since'> {
    const memory = settledMemory(this.#record, this.#record, this.#parts.clock.now().wall)
    return { ...this.#record, ...memory }
  }

  /** Reads the folder again; whoever opens a page or plugs a disk in sees what is there now. */
  async look(): Promise<BackupsView> {
    const { revision, choicesProblem } = this.#view
    const next = await backupsView(this.#record, this.#parts, revision, choicesProblem)
    if (isDeepStrictEqual(next, this.#view)) return this.#view
    this.#view = { ...next, revision: this.#view.revision + 1 }
    this.#parts.changed(this.#view)
    return this.#view
  }

  /** What time alone changes: the next one, and whether one is overdue. Leaves the disk of the folder asleep. */
  noticeTime(): void {
    const { clock, changed, note } = this.#parts
    const schedule = scheduleView(this.#record, clock.now().wall)
    if (isDeepStrictEqual(schedule, this.#view.schedule)) return
    const { overdueSince } = schedule
    if (overdueSince !== null && this.#view.schedule.overdueSince === null) note('backupOverdue', null, {})
    this.#view = { ...this.#view, schedule, revision: this.#view.revision + 1 }
    changed(this.#view)
  }

  /** Returns the job's id. `slot` is the moment of the schedule that this one is for. */
  create(order: BackupCreate, slot: number | null = null): string {
    return this.#parts.jobs.start({
      kind: 'backup.create',
      scheduled: slot !== null,
      work: (job) => this.#create(order, job),
      ended: ({ problem: found, result, scheduled, state }) => {
        if (state === 'cancelled') return
        const at = this.#parts.clock.now().wall
        const done = result?.kind === 'backup.create' ? result : null
        // One that went elsewhere, or for another key, says nothing about those of each day.
        const isUsual = Object.keys(order).length === 0
        if (isUsual) this.#remember({ last: { at, problem: found, scheduled } })
        // The store has another key than this host remembers: the next one is closed for that.
        if (isUsual && found?.code === 'BACKUP_WRONG_KEY') this.#forgetRecipient()
        if (isUsual && done) {
          const made = [...this.#record.made, done.path].filter((path) => !done.deleted.includes(path))
          this.#remember({ lastDoneAt: at, made, ...(slot === null ? {} : { lastSlot: slot }) })
        }
        if (done) {
          const { path, files, fileBytes: bytes, consistency, pausedMs } = done
          this.#parts.note('backupMade', null, { path, files, bytes, consistency, pausedMs })
          if (done.verified) void this.#markVerified(path)
        } else this.#parts.note('backupFailed', found, {})
        void this.look()
      },
    })
  }

  verify(order: BackupOpen): string {
    return this.#reading('backup.verify', order, async (path, opening, job) => {
      const read = await readArchive(
        { path, opening },
        { ...quietHooks, signal: job.signal, progress: job.at },
      )
      if (!read.ok) return read
      await this.#markVerified(path)
      return { ok: true, result: { kind: 'backup.verify', file: path, ...read.about } }
    })
  }

  inspect(order: BackupOpen): string {
    return this.#reading('backup.inspect', order, async (path, opening, job) => {
      const { statePaths, gateway, secrets } = this.#parts
      const { stateDir, configPath } = statePaths
      const hooks = { ...quietHooks, signal: job.signal, progress: job.at }
      const compared = await compareArchive({ path, opening, stateDir, configPath }, hooks)
      if (!compared.ok) return compared
      const { about, difference } = compared
      return {
        ok: true,
        result: {
          kind: 'backup.inspect',
          preview: {
            ...about,
            ...difference,
            file: path,
            stateDir,
            secretsToSet: lackedSecrets(await secrets.look(), about.secrets),
            stopsGateway: gateway.isOurs(),
          },
        },
      }
    })
  }

  restore(order: BackupOpen): string {
    return this.#reading('backup.restore', order, (path, opening, job) => {
      const { statePaths: paths } = this.#parts
      return restoreBackup({ ...this.#parts, path, opening, paths }, job)
    })
  }

  async delete(name: string): Promise<BackupsView> {
    const found = await deleteBackup(this.#folder.path, name)
    if (found) throw new ProblemError(found)
    this.#parts.note('backupDeleted', null, { path: join(this.#folder.path, name) })
    return this.look()
  }

  async change({ folder, ...schedule }: BackupsChange): Promise<BackupsView> {
    const { enabled, at, keep } = this.#record
    const chosen = {
      enabled: schedule.enabled ?? enabled,
      at: schedule.at ?? at,
      keep: schedule.keep ?? keep,
    }
    const now = this.#parts.clock.now().wall
    // Another time of day calls for no second backup today; one that is missing stays missing.
    const isMissing = dueSlot(this.schedule, this.schedule, now) !== null
    const lastSlot = isMissing ? this.#record.lastSlot : latestSlot(chosen.at, now)
    const path = folder === undefined || folder === null ? folder : absolute(folder)
    const inside = path ? await whyInside(path, this.#parts.statePaths.stateDir) : null
    if (inside) throw new ProblemError(inside)
    await this.#choose({
      ...chosen,
      ...(chosen.at === at ? {} : { lastSlot }),
      // What would have been due while it was off is nobody's promise.
      ...(chosen.enabled && !enabled ? { since: now } : {}),
      ...(path === undefined ? {} : { folder: path }),
    })
    return this.look()
  }

  async useKey(change: BackupKeyChange): Promise<BackupsView> {
    if (change.mode === 'recipients') {
      const wrong = await findWrongRecipient(change.recipients)
      if (wrong) throw new ProblemError(wrong)
      await this.#choose({ key: { mode: 'recipients', recipients: change.recipients } })
    } else if (change.mode === 'passphrase') {
      const weak = weakPassphrase(change.passphrase)
      if (weak) throw new ProblemError(weak)
      const kept = await this.#parts.secrets.writePrivate('backup-passphrase', change.passphrase)
      if (!kept.ok) throw new ProblemError({ code: kept.code, params: kept.params } as Problem)
      await this.#choose({ key: { mode: 'passphrase' } })
    } else {
      const { key } = this.#record
      await this.#choose({
        key: key.mode === 'key' ? key : { mode: 'key', recipient: null, sheetSavedAt: null },
      })
    }
    return this.look()
  }

  /** Writes the recovery sheet; the key is made first where there is none yet. Resolves to its path. */
  async saveSheet(to: string | undefined): Promise<{ path: string }> {
    const { clock, secrets } = this.#parts
    if (this.#record.key.mode !== 'key') {
      throw new ProblemError(problem('SHEET_NO_KEY', { detail: this.#record.key.mode }))
    }
    const made = await usualLock(this.#record.key, secrets)
    if (!made.ok) throw new ProblemError({ code: made.code, params: made.params } as Problem)
    this.#keepRecipient(made.value.recipient)
    const { wall } = clock.now()
    const saved = await saveSheet({ to: to === undefined ? null : absolute(to), now: wall, store: secrets })
    if (!saved.ok) throw new ProblemError({ code: saved.code, params: saved.params } as Problem)
    this.#remember({ key: { mode: 'key', recipient: made.value.recipient, sheetSavedAt: wall } })
    await this.look()
    return { path: saved.path }
  }

  /** Resolves after the last write asked for. */
  settled(): Promise<void> {
    return this.#file.write(this.#record).catch(() => {})
  }

  get #folder(): { path: string; isDefault: boolean } {
    const { folder } = this.#record
    return folder === null
      ? { path: this.#parts.hostPaths.backupFolder, isDefault: true }
      : { path: folder, isDefault: false }
  }

  async #create(order: BackupCreate, job: JobHandle) {
    const { clock, statePaths, hostPaths, gateway, secrets } = this.#parts
    // A keychain may be waiting for its password.
    const soon = <T>(work: Promise<T>) => unlessCancelled(job.signal, work)
    const given = await givenLock(order)
    if (given && !given.ok) return given
    const usual = given ? null : await soon(usualLock(this.#record.key, secrets))
    if (usual && !usual.ok) return usual
    if (usual) this.#keepRecipient(usual.value.recipient)
    const lock = given?.value ?? usual?.value.lock
    if (!lock) throw new Error('A backup needs a lock')
    const values = await soon(secrets.readValues())
    const elsewhere = order.to === undefined ? null : { path: absolute(order.to), isDefault: false }
    return makeBackup(
      {
        clock,
        paths: statePaths,
        workDir: hostPaths.backupWorkDir,
        folder: elsewhere ?? this.#folder,
        lock,
        opening: given ? openingOf(order) : await soon(this.#ownOpening()),
        secrets: values.ok ? values.values : null,
        keeping: elsewhere || given ? null : this.#record,
        gateway,
      },
      job,
    )
  }

  #reading(
    kind: 'backup.verify' | 'backup.inspect' | 'backup.restore',
    { file, identity, passphrase }: BackupOpen,
    work: (path: string, opening: Opening, job: JobHandle) => ReturnType<typeof restoreBackup>,
  ): string {
    const path = backupNamePattern.test(file) ? join(this.#folder.path, file) : absolute(file)
    return this.#parts.jobs.start({
      kind,
      scheduled: false,
      work: async (job) => {
        const isGiven = identity !== undefined || passphrase !== undefined
        const opening = isGiven
          ? { ok: true as const, value: { identity, passphrase } }
          : await unlessCancelled(job.signal, this.#usualOpening())
        return opening.ok ? work(path, opening.value, job) : opening
      },
      ended: () => void this.look(),
    })
  }

  #usualOpening() {
    return usualOpening(this.#parts.secrets)
  }

  /** Null where this machine cannot read what it makes. */
  async #ownOpening(): Promise<Opening | null> {
    if (this.#record.key.mode === 'recipients') return null
    const opening = await this.#usualOpening()
    if (!opening.ok) return null
    const { identity, passphrase } = opening.value
    return this.#record.key.mode === 'key'
      ? identity
        ? { identity }
        : null
      : passphrase
        ? { passphrase }
        : null
  }

  #forgetRecipient(): void {
    const { key } = this.#record
    if (key.mode === 'key') this.#remember({ key: { ...key, recipient: null } })
  }

  #keepRecipient(recipient: string | null): void {
    const { key } = this.#record
    if (key.mode !== 'key' || recipient === null || key.recipient === recipient) return
    this.#remember({ key: { mode: 'key', recipient, sheetSavedAt: null } })
  }

  async #markVerified(path: string): Promise<void> {
    const at = this.#parts.clock.now().wall
    const look = await lookAtFolder(this.#folder, {})
    const file = look.files.find((one) => one.path === path)
    if (!file) return
    const { mtimeMs } = file
    const there = new Set(look.files.map(({ name }) => name))
    const others = Object.entries(this.#record.verified).filter(([name]) => there.has(name))
    this.#remember({
      verified: { ...Object.fromEntries(others), [file.name]: { bytes: file.bytes, mtimeMs, at } },
    })
    await this.look()
  }

  /** What the owner chose counts once it is kept: an encryption that is forgotten at the next start is none. */
  async #choose(change: Partial<BackupRecord>): Promise<void> {
    const next = { ...this.#record, ...change }
    try {
      await this.#file.write(next)
    } catch (error) {
      const { backupsPath: path } = this.#parts.hostPaths
      const detail = (error as NodeJS.ErrnoException).code ?? String(error)
      throw new ProblemError(problem('SETTINGS_NOT_WRITTEN', { path, detail }))
    }
    this.#record = { ...this.#record, ...change }
    this.#view = { ...this.#view, choicesProblem: null }
  }

  /** What is merely remembered: a disk that is full now has it written with the next change, or at the end. */
  #remember(change: Partial<BackupRecord>): void {
    this.#record = { ...this.#record, ...change }
    this.#file.write(this.#record).catch(() => {})
  }
}

function openingOf({ passphrase }: BackupCreate): Opening | null {
  return passphrase === undefined ? null : { passphrase }
}

function absolute(path: string): string {
  const expanded = expandHome(path, homedir())
  if (isAbsolute(path) || path.startsWith('~')) return expanded
  throw new ProblemError(
    problem('BACKUP_FOLDER_UNUSABLE', { path, detail: 'it must begin with / or with ~/' }),
  )
}
