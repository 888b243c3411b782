import type { ReactNode } from 'react'
import type { Problem } from '../../shared/problem.ts'
import { describeProblem } from '../../shared/wording/describe-problem.ts'
import { useWording } from '../wording.ts'
import { ProblemText, problemHeadline } from './problem-text.tsx'
import { StateShape } from './state-shape.tsx'
import './inline-problem.css'

/** What is wrong with one thing, where it stands: a box around it would be one too many. */
export function InlineProblem({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const { language } = useWording()
  return (
    <div className="inline-problem" role="alert">
      <StateShape shape="attention" size={14} />
      <div>
        <p className="inline-problem-what">{problemHeadline(describeProblem(language, problem).what)}</p>
        <ProblemText problem={problem} />
        {children}
      </div>
    </div>
  )
}
