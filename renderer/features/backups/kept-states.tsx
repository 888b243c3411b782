import type { BackupsView } from '../../../shared/backups.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Group } from '../../parts/group.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useWording } from '../../wording.ts'

/** Where the states from before restores lie. */
export function KeptStates({ states }: { states: BackupsView['keptStates'] }) {
  const { t } = useWording()
  return (
    <Group title={t('backups.kept.title')}>
      <p className="quiet kept-hint">{t('backups.kept.hint')}</p>
      <ul>
        {states.map(({ path, at }) => (
          <li className="kept" key={path}>
            <code>{path}</code>
            <span className="quiet">
              <Moment at={at} />
            </span>
            <CopyButton text={path} of={path} />
          </li>
        ))}
      </ul>
    </Group>
  )
}
