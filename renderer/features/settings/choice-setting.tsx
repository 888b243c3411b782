import { useId } from 'react'
import type { SettingsChange } from '../../../shared/settings.ts'
import { useCommands } from '../../commands.ts'
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

/** One of a few, all in sight: native radio buttons that look like one control. */
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
        <div
          className="segments"
          role="radiogroup"
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-hint`}
        >
          {choices.map(({ value, label, lang }) => (
            <label className="segment" key={value}>
              <input
                type="radio"
                name={id}
                checked={value === chosen}
                onChange={() => void settings.change({ [name]: value })}
              />
              <span lang={lang}>{label}</span>
            </label>
          ))}
        </div>
      }
    />
  )
}
