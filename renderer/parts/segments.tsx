import './segments.css'

type SegmentsProps<Value extends string> = {
  /** Of the words beside it: `${id}-label`, `${id}-hint`. */
  id: string
  choices: readonly { value: Value; label: string; lang?: string }[]
  chosen: Value | undefined
  onChoose(value: Value): void
}

/** One of a few, all in sight: native radio buttons that look like one control. */
export function Segments<Value extends string>({ id, choices, chosen, onChoose }: SegmentsProps<Value>) {
  return (
    <div
      className="segments"
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-hint`}
    >
      {choices.map(({ value, label, lang }) => (
        <label className="segment" key={value}>
          <input type="radio" name={id} checked={value === chosen} onChange={() => onChoose(value)} />
          <span lang={lang}>{label}</span>
        </label>
      ))}
    </div>
  )
}
