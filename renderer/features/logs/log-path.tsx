import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useCopying } from '../../parts/use-copying.ts'
import { useWording } from '../../wording.ts'

/** The file the lines are from. Where it does not fit, its end stays in sight: the file's own name. */
export function LogPath({ path }: { path: string }) {
  const { t } = useWording()
  const { copying, copy } = useCopying()
  const said = { idle: t('logs.copyPath'), copied: t('act.copied'), refused: t('logs.copyFailed') }[copying]
  return (
    <p className="log-path">
      <code>
        <bdi dir="ltr">{path}</bdi>
      </code>
      <Button kind="icon" label={said} onPress={() => copy(path)}>
        <Icon name="copy" />
      </Button>
    </p>
  )
}
