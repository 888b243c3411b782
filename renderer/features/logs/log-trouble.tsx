import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { useLog } from './log-store.ts'

/** Why there is nothing to read, and the way to try again. The lines that are known stay. */
export function LogTrouble() {
  const { t } = useWording()
  const { logs } = useCommands()
  const { trouble, problem, path } = useLog()
  const retry = <Button onPress={() => logs.readOn()}>{t('act.tryNow')}</Button>
  if (problem) return <Notice problem={problem}>{retry}</Notice>
  if (trouble === null) return null
  return (
    <div className="notice" role="alert">
      <StateShape shape="attention" size={14} />
      <div className="notice-text">
        <p className="notice-what">{t('logs.trouble.what')}</p>
        <p className="why">
          <code>{path}</code> <code>{trouble}</code>
        </p>
        <p className="remedy">{t('logs.trouble.remedy')}</p>
      </div>
      <div className="notice-acts">{retry}</div>
    </div>
  )
}
