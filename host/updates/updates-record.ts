import { z } from 'zod'
import { appChannels, offerSchema } from '../../shared/updates.ts'

const found = z.object({
  offer: offerSchema.nullable(),
  skipped: z.string().nullable(),
  /** Wall clock, ms since 1970: the last answer, whatever it was. */
  checkedAt: z.number().nullable(),
})

/** What `updates.json` keeps. */
export const updatesRecordSchema = z.object({
  automatic: z.boolean(),
  channel: z.enum(appChannels),
  followed: z.string().nullable(),
  /** The application that was asked for; what it was offered is of no interest to another version of it. */
  appVersion: z.string(),
  app: found,
  gateway: found,
})

export type UpdatesRecord = z.infer<typeof updatesRecordSchema>

const nothingFound = { offer: null, skipped: null, checkedAt: null }

export function firstUpdatesRecord(appVersion: string): UpdatesRecord {
  return {
    automatic: true,
    channel: 'stable',
    followed: null,
    appVersion,
    app: nothingFound,
    gateway: nothingFound,
  }
}
