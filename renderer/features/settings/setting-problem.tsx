import type { Problem } from '../../../shared/problem.ts'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import { ProblemText, problemHeadline } from '../../parts/problem-text.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'

/** What is wrong with one setting, in its row: a box around it would be one too many. */
export function SettingProblem({ problem }: { problem: Problem }) {
  const { language } = useWording()
  return (
    <div className="setting-problem" role="alert">
      <StateShape shape="attention" size={14} />
      <div>
        <p className="setting-problem-what">{problemHeadline(describeProblem(language, problem).what)}</p>
        <ProblemText problem={problem} />
      </div>
    </div>
  )
}
