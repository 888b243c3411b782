import { useId } from 'react'
import { useCommands } from '../../commands.ts'
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
      control={
        <input
          type="checkbox"
          role="switch"
          aria-checked={isOn}
          className="switch"
          id={id}
          aria-describedby={`${id}-hint`}
          checked={isOn}
          onChange={({ target }) => void settings.change({ [name]: target.checked })}
        />
      }
    />
  )
}
