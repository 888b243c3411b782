import { Component, type ReactNode } from 'react'
import { problem } from '../../shared/problem.ts'
import { Notice } from './notice.tsx'

/** Keeps a fault in one part of the page from taking the others with it. */
export class FaultBoundary extends Component<{ children: ReactNode }, { fault: unknown }> {
  override state: { fault: unknown } = { fault: null }

  static getDerivedStateFromError(fault: unknown): { fault: unknown } {
    return { fault }
  }

  override render(): ReactNode {
    const { fault } = this.state
    if (fault === null) return this.props.children
    return <Notice problem={problem('INTERNAL', { detail: String(fault) })} />
  }
}
