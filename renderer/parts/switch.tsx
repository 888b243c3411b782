import './switch.css'

/** `${id}-hint` describes it; its label names it by `htmlFor`. */
export function Switch({ id, isOn, onChange }: { id: string; isOn: boolean; onChange(isOn: boolean): void }) {
  return (
    <input
      type="checkbox"
      role="switch"
      aria-checked={isOn}
      className="switch"
      id={id}
      aria-describedby={`${id}-hint`}
      checked={isOn}
      onChange={({ target }) => onChange(target.checked)}
    />
  )
}
