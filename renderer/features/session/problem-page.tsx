import type { ReactNode } from 'react'
import type { Problem } from '../../../shared/problem.ts'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import { ProblemText, problemHeadline } from '../../parts/problem-text.tsx'
import { useWording } from '../../wording.ts'
import './full-page.css'

/** For when there is nothing to show but a problem. */
export function ProblemPage({ problem, children }: { problem: Problem; children: ReactNode }) {
  const { language } = useWording()
  return (
    <main className="full-page">
      <h1>{problemHeadline(describeProblem(language, problem).what)}</h1>
      <ProblemText problem={problem} />
      <div className="full-page-acts">{children}</div>
    </main>
  )
}
