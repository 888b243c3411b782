import { type ReactNode, useId } from 'react'
import './rows.css'

type GroupProps = {
  title: string
  /** Beside the title: what is done with all of the group. */
  acts?: ReactNode
  children: ReactNode
}

/** Rows under a heading and a hairline. */
export function Group({ title, acts, children }: GroupProps) {
  const id = useId()
  return (
    <section className="group" aria-labelledby={id}>
      <div className="group-head">
        <h2 id={id}>{title}</h2>
        {acts && <div className="group-acts">{acts}</div>}
      </div>
      {children}
    </section>
  )
}
