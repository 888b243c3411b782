import type { ReactNode } from 'react'
import type { Problem } from '../../shared/problem.ts'
import { describeProblem } from '../../shared/wording/describe-problem.ts'
import { useWording } from '../wording.ts'
import { ProblemText, problemHeadline } from './problem-text.tsx'
import { StateShape } from './state-shape.tsx'
import './notice.css'

/** A problem that stands above a page or a list, with what helps. */
export function Notice({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const { language } = useWording()
  return (
    <div className="notice" role="alert">
      <StateShape shape="attention" size={14} />
      <div className="notice-text">
        <p className="notice-what">{problemHeadline(describeProblem(language, problem).what)}</p>
        <ProblemText problem={problem} />
      </div>
      <div className="notice-acts">{children}</div>
    </div>
  )
}
