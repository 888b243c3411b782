import { type DescribedProblem, describeProblem } from '../../shared/wording/describe-problem.ts'
import { formatDuration, formatMoment } from '../../shared/wording/format.ts'
import { type Language, textsIn } from '../../shared/wording/texts.ts'
import { oneLine } from '../one-line.ts'
import type { BackupNotice } from './backup-policy.ts'
import type { Notice } from './notice-policy.ts'
import type { UpdateNotice } from './update-policy.ts'

/** Characters. Desktops show three or four lines and cut the rest without a mark. */
const longestTitle = 80
const longestBody = 240

export interface NoticeText {
  readonly title: string
  readonly body: string
}

export type AnyNotice = Notice | BackupNotice | UpdateNotice

/** What happened, why, and what to do. */
export function noticeText(language: Language, notice: AnyNotice): NoticeText {
  const { title, body } = words(language, notice)
  return { title: oneLine(title, longestTitle), body: oneLine(body, longestBody) }
}

function words(language: Language, notice: AnyNotice): NoticeText {
  const t = textsIn(language)
  switch (notice.kind) {
    case 'down': {
      if (notice.endedByItself) return { title: t('notice.down'), body: t('notice.endedByItself') }
      const body = notice.cause
        ? whyAndRemedy(describeProblem(language, notice.cause))
        : t('notice.returning')
      return { title: t('notice.down'), body }
    }
    case 'back': {
      const duration = formatDuration(language, notice.downMs)
      return { title: t('notice.back'), body: t('notice.wasDownFor', { duration }) }
    }
    case 'healed': {
      const { crashes } = notice
      const body = crashes === 1 ? t('notice.healedOnce') : t('notice.healedOften', { n: crashes })
      return { title: t('notice.healed'), body }
    }
    case 'backupFailed': {
      const described = describeProblem(language, notice.problem)
      return { title: t('notice.backupFailed'), body: `${described.what} ${whyAndRemedy(described)}` }
    }
    case 'backupOverdue': {
      const at = formatMoment(language, notice.since)
      return { title: t('notice.backupOverdue'), body: t('notice.backupOverdueSince', { at }) }
    }
    case 'updateOffered':
    case 'updateReady': {
      const { kind, version } = notice
      return { title: t(`notice.${kind}`, { version }), body: t(`notice.${kind}Body`) }
    }
    case 'failed': {
      const described = describeProblem(language, notice.problem)
      return { title: described.what, body: whyAndRemedy(described) }
    }
  }
}

function whyAndRemedy({ why, remedy }: DescribedProblem): string {
  return [why, remedy].filter((part) => part !== '').join(' ')
}
