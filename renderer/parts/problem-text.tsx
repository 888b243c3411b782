import type { Problem } from '../../shared/problem.ts'
import { describeProblem } from '../../shared/wording/describe-problem.ts'
import { useWording } from '../wording.ts'
import { CodedText } from './coded-text.tsx'

/** Why and what to do, for under a heading that says what happened. */
export function ProblemText({ problem }: { problem: Problem }) {
  const { why, remedy } = describeProblem(useWording().language, problem)
  return (
    <>
      <p className="why">
        <CodedText>{why}</CodedText>
      </p>
      <p className="remedy">
        <CodedText>{remedy}</CodedText>
      </p>
    </>
  )
}

/** The same as a heading: without its full stop. */
export function problemHeadline(what: string): string {
  return what.replace(/[.。]$/, '')
}
