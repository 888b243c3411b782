import type { ServiceView } from '../../../shared/gateway-service.ts'
import { textsIn } from '../../../shared/wording/texts.ts'

/** What of it `--json` shows. */
export type StatusService = Omit<ServiceView, 'revision'>

export function statusService({ revision: _own, ...service }: ServiceView): StatusService {
  return service
}

/** The service as rows of `service status`. */
export function serviceLines(view: StatusService): [string, string | null][] {
  const t = textsIn('en')
  const { manager, file, active, pid, enabled, linger, unit, path } = view
  if (manager === null && file === 'absent') return [['Service', null]]
  const state = file === 'absent' && active === 'unloaded' ? 'absent' : active
  const word = t(`startup.service.state.${state}`)
  const said = pid === null ? word : t('startup.service.withPid', { state: word, pid })
  if (file === 'absent' && state === 'absent') return [['Service', said]]
  const whose = {
    ours: '',
    absent: 'no file of yours',
    edited: 'edited',
    foreign: 'of another program',
    unreadable: 'unreadable',
  }
  return [
    ['Service', `${said}; ${manager ?? 'no manager'}, ${unit}`],
    ['', whose[file] === '' ? path : `${path} (${whose[file]})`],
    ['', enabled === false ? t('startup.service.notEnabled') : null],
    [
      '',
      linger === null ? null : plain(t(linger ? 'startup.service.lingerOn' : 'startup.service.lingerOff')),
    ],
  ]
}

function plain(text: string): string {
  return text.replaceAll('`', '')
}
