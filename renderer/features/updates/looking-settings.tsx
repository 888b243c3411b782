import { useId, useState } from 'react'
import { type AppChannel, appChannels, type UpdatesView } from '../../../shared/updates.ts'
import { useCommands } from '../../commands.ts'
import { Group } from '../../parts/group.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { Row } from '../../parts/row.tsx'
import { Segments } from '../../parts/segments.tsx'
import { Switch } from '../../parts/switch.tsx'
import { useWording } from '../../wording.ts'
import { useUpdates } from './updates-store.ts'

/** Whether it looks by itself, and how far ahead. */
export function LookingSettings({ view }: { view: UpdatesView }) {
  const { t } = useWording()
  const { updates } = useCommands()
  const id = useId()
  /** Shown until the host has answered, and never longer. */
  const [wish, setWish] = useState<{ automatic?: boolean; channel?: AppChannel }>({})
  const isAutomaticAsked = useUpdates((store) => store.asked.has('automatic'))
  const isChannelAsked = useUpdates((store) => store.asked.has('channel'))
  const automaticRefusal = useUpdates((store) => store.refusals.automatic)
  const channelRefusal = useUpdates((store) => store.refusals.channel)
  return (
    <Group title={t('updates.looking.title')}>
      <Row
        id={`${id}-automatic`}
        label={<label htmlFor={`${id}-automatic`}>{t('updates.looking.automatic')}</label>}
        hint={t('updates.looking.automaticHint')}
        isSmall
        isSaving={isAutomaticAsked}
        control={
          <Switch
            id={`${id}-automatic`}
            isOn={wish.automatic ?? view.automatic}
            onChange={(automatic) => {
              setWish({ automatic })
              void updates.change('automatic', { automatic }).then(() => setWish({}))
            }}
          />
        }
      >
        {automaticRefusal && <InlineProblem problem={automaticRefusal} />}
      </Row>
      <Row
        id={`${id}-channel`}
        label={t('updates.looking.channel')}
        hint={t('updates.looking.channelHint')}
        isSaving={isChannelAsked}
        control={
          <Segments
            id={`${id}-channel`}
            choices={appChannels.map((value) => ({ value, label: t(`updates.looking.channels.${value}`) }))}
            chosen={wish.channel ?? view.channel}
            onChoose={(channel) => {
              setWish({ channel })
              void updates.change('channel', { channel }).then(() => setWish({}))
            }}
          />
        }
      >
        {channelRefusal && <InlineProblem problem={channelRefusal} />}
      </Row>
    </Group>
  )
}
