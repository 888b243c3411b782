import { useId } from 'react'
import { useCommands } from '../../commands.ts'
import { Switch } from '../../parts/switch.tsx'
import { SettingRow } from './setting-row.tsx'
import { useSettings } from './settings-store.ts'

type SwitchSettingProps = { name: 'openAtStart' | 'notifications'; label: string; hint: string }

export function SwitchSetting({ name, label, hint }: SwitchSettingProps) {
  const { settings } = useCommands()
  const id = useId()
  const isOn = useSettings((store) => store.asked[name] ?? store.view?.settings[name] ?? false)
  return (
    <SettingRow
      name={name}
      id={id}
      label={<label htmlFor={id}>{label}</label>}
      hint={hint}
      isSmall
      control={<Switch id={id} isOn={isOn} onChange={(value) => void settings.change({ [name]: value })} />}
    />
  )
}
