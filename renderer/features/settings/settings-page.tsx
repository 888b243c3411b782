import { useEffect } from 'react'
import { faceOf } from '../../../shared/gateway-state.ts'
import { useCommands } from '../../commands.ts'
import { Group } from '../../parts/group.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useWording } from '../../wording.ts'
import { useGateway } from '../overview/gateway-store.ts'
import { LostNotice } from '../session/lost-notice.tsx'
import { useSession } from '../session/session-store.ts'
import { About } from './about.tsx'
import { ChoiceSetting } from './choice-setting.tsx'
import { LoginItemSetting } from './login-item-setting.tsx'
import { PortSetting } from './port-setting.tsx'
import { ServiceSetting } from './service-setting.tsx'
import { useSettings } from './settings-store.ts'
import { SwitchSetting } from './switch-setting.tsx'
import '../../parts/page.css'
import './settings.css'

/** What the owner can choose; each change holds at once, only the port is saved on purpose. */
export function SettingsPage() {
  const { t } = useWording()
  const connection = useSession((store) => store.connection)
  const problem = useSettings((store) => store.view?.problem)
  const isDesktop = useGateway((store) => store.host?.shell === 'desktop')
  const { startup } = useCommands()
  const isConnected = connection.name === 'connected'
  const face = useGateway((store) => store.view && faceOf(store.view.state))
  // biome-ignore lint/correctness/useExhaustiveDependencies: a gateway that starts or ends may be the service
  useEffect(() => {
    // Other programs change them, too.
    if (isConnected) void startup.look()
  }, [isConnected, startup, face])
  return (
    <div className="page settings">
      <h1>{t('page.settings')}</h1>
      {connection.name === 'lost' && <LostNotice since={connection.since} />}
      {problem && <Notice problem={problem} />}
      <fieldset className="page-acts" disabled={!isConnected}>
        <Group title={t('settings.appearance')}>
          <ChoiceSetting
            name="language"
            label={t('settings.language')}
            hint={t('settings.languageHint')}
            choices={[
              { value: 'system', label: t('settings.system') },
              // Each in itself, for whoever cannot read the language shown now.
              { value: 'en', label: 'English', lang: 'en' },
              { value: 'zh-CN', label: '简体中文', lang: 'zh-CN' },
            ]}
          />
          <ChoiceSetting
            name="theme"
            label={t('settings.theme')}
            hint={t('settings.themeHint')}
            choices={[
              { value: 'system', label: t('settings.system') },
              { value: 'light', label: t('settings.light') },
              { value: 'dark', label: t('settings.dark') },
            ]}
          />
        </Group>
        <Group title={t('settings.start')}>
          <LoginItemSetting />
          <SwitchSetting
            name="openAtStart"
            label={isDesktop ? t('settings.openWindow') : t('settings.openPage')}
            hint={isDesktop ? t('settings.openWindowHint') : t('settings.openPageHint')}
          />
        </Group>
        <Group title={t('settings.notifications')}>
          <SwitchSetting
            name="notifications"
            label={t('settings.notify')}
            hint={isDesktop ? t('settings.notifyHint') : t('settings.notifyHeadlessHint')}
          />
        </Group>
        <Group title={t('settings.gateway')}>
          <PortSetting />
        </Group>
        <Group title={t('startup.service.title')}>
          <ServiceSetting />
        </Group>
      </fieldset>
      <Group title={t('settings.about')}>
        <About />
      </Group>
    </div>
  )
}
