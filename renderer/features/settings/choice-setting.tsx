import { useId } from 'react'
import type { SettingsChange } from '../../../shared/settings.ts'
import { useCommands } from '../../commands.ts'
import { Segments } from '../../parts/segments.tsx'
import { SettingRow } from './setting-row.tsx'
import { useSettings } from './settings-store.ts'

type Choice<Value extends string> = { value: Value; label: string; lang?: string }
type ChoiceName = 'language' | 'theme'
type ChoiceSettingProps<Name extends ChoiceName> = {
  name: Name
  label: string
  hint: string
  choices: readonly Choice<NonNullable<SettingsChange[Name]>>[]
}

/** One of a few, all in sight. */
export function ChoiceSetting<Name extends ChoiceName>({
  name,
  label,
  hint,
  choices,
}: ChoiceSettingProps<Name>) {
  const { settings } = useCommands()
  const id = useId()
  const chosen = useSettings((store) => store.asked[name] ?? store.view?.settings[name])
  return (
    <SettingRow
      name={name}
      id={id}
      label={label}
      hint={hint}
      control={
        <Segments
          id={id}
          choices={choices}
          chosen={chosen}
          onChoose={(value) => void settings.change({ [name]: value })}
        />
      }
    />
  )
}
