import type { GatewayUpdate } from '../../../shared/updates.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { Group } from '../../parts/group.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { LineForm } from '../../parts/line-form.tsx'
import { Row } from '../../parts/row.tsx'
import { useWording } from '../../wording.ts'
import { JobBrief } from '../jobs/job-brief.tsx'
import { GatewayTable } from './gateway-table.tsx'
import { OfferWords } from './offer-words.tsx'
import { mayBePackage } from './package-text.ts'
import { SkippedLine } from './skipped-line.tsx'
import { useUpdates } from './updates-store.ts'
import { useBusy, useRunningJob } from './use-running-job.ts'

const followedId = 'updates-followed'

/** The gateway: which ones are installed, which package is followed, and what that has to offer. */
export function GatewaySection({ gateway }: { gateway: GatewayUpdate }) {
  const { t } = useWording()
  const { updates } = useCommands()
  const isFollowAsked = useUpdates((store) => store.asked.has('followed'))
  const isAsked = useUpdates((store) => store.asked.has('gateway'))
  const followRefusal = useUpdates((store) => store.refusals.followed)
  const refusal = useUpdates((store) => store.refusals.gateway)
  const isBusy = useBusy()
  const job = useRunningJob('gateway.install')
  const { offer, followed, skipped, problem } = gateway
  return (
    <Group title={t('updates.gateway.title')}>
      {offer && (
        <OfferWords offer={offer}>
          {job ? (
            <JobBrief job={job} />
          ) : (
            <>
              <p className="quiet">{t('updates.gateway.installHint')}</p>
              <div className="offer-acts">
                <Button
                  kind="primary"
                  busy={isAsked || isBusy}
                  onPress={() => void updates.installGateway(offer.version)}
                >
                  {t('updates.gateway.install')}
                </Button>
                <Button
                  kind="quiet"
                  busy={isAsked}
                  onPress={() => void updates.skip('gateway', offer.version)}
                >
                  {t('updates.offer.skip')}
                </Button>
              </div>
            </>
          )}
        </OfferWords>
      )}
      {skipped !== null && !offer && followed !== null && <SkippedLine what="gateway" version={skipped} />}
      {[problem, refusal].map(
        (found, index) =>
          found && (
            // biome-ignore lint/suspicious/noArrayIndexKey: each has its place
            <div className="updates-part" key={index}>
              <InlineProblem problem={found} />
            </div>
          ),
      )}
      <GatewayTable gateway={gateway} />
      <Row
        id={followedId}
        label={<label htmlFor={followedId}>{t('updates.gateway.followed')}</label>}
        hint={t('updates.gateway.followedHint')}
        control={null}
      >
        <LineForm
          id={followedId}
          value={followed ?? ''}
          size="long"
          isAsked={isFollowAsked}
          faultOf={(text) =>
            text.trim() === '' || mayBePackage(text.trim()) ? null : t('updates.gateway.followedInvalid')
          }
          onSave={(text) => updates.change('followed', { followed: text === '' ? null : text })}
        />
        {followRefusal && <InlineProblem problem={followRefusal} />}
      </Row>
    </Group>
  )
}
