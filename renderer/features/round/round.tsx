import type { ReactNode } from 'react'
import type { Shape } from '../../../shared/state-shape.ts'
import { formatAgo } from '../../../shared/wording/format.ts'
import { useQuarterMinute } from '../../clock.ts'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { backupHealth } from '../backups/backup-health.ts'
import { useBackups } from '../backups/backups-store.ts'
import { useChecks } from '../health/checks-store.ts'
import { useUpdates } from '../updates/updates-store.ts'
import { checkUpOf, newerOf } from './round-of.ts'
import './round.css'

/** What an owner would look at once a day, each with when it was looked at, and the way there. */
export function Round() {
  const { language, t } = useWording()
  const now = useQuarterMinute()
  const backups = useBackups((store) => store.view)
  const checks = useChecks((store) => store.view)
  const updates = useUpdates((store) => store.view)
  if (!backups || !checks || !updates) return null
  const ago = (at: number | null) => (at === null ? '' : formatAgo(language, at, now))
  const backup = backupHealth(backups)
  const checkUp = checkUpOf(checks)
  const newer = newerOf(updates)
  return (
    <section className="round" aria-label={t('round.title')}>
      <Item href="#/backups" label={t('round.backup')} shape={backup.shape}>
        {t(`backups.health.${backup.name}`, { ago: ago(backup.newest?.createdAt ?? null) })}
      </Item>
      <Item href="#/health" label={t('round.checks')} shape={checkUp.shape}>
        {t(`round.${checkUp.name}`, { count: checkUp.count, ago: ago(checkUp.at) })}
      </Item>
      <Item href="#/updates" label={t('round.updates')} shape={newer.shape}>
        {t(`round.${newer.name}`, { version: newer.version, ago: ago(newer.at) })}
      </Item>
    </section>
  )
}

type ItemProps = { href: string; label: string; shape: Shape; children: ReactNode }

function Item({ href, label, shape, children }: ItemProps) {
  return (
    <a className="round-item" href={href}>
      <StateShape shape={shape} />
      <span className="round-label">{label}</span>
      <span className="round-words">{children}</span>
    </a>
  )
}
