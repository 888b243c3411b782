import type { LocatedIssue } from './config-issue.ts'
import { type ConfigSource, type KeyPath, shownKey } from './config-tree.ts'
import type { PlacedNode } from './edit/place-json5.ts'
import { placedIn, positionOf } from './locate.ts'

/** A file that says everything twice is told of often enough by these. */
const toldAtMost = 20

/** JSON5 takes the last of several equal keys without a word; whoever edits the first one wonders. */
export function duplicateKeys(source: ConfigSource): LocatedIssue[] {
  const root = placedIn(source)
  const issues: LocatedIssue[] = []
  if (root) collect(root, [], source, issues)
  return issues
}

function collect(node: PlacedNode, above: KeyPath, source: ConfigSource, issues: LocatedIssue[]): void {
  if (node.kind === 'value' || issues.length >= toldAtMost) return
  if (node.kind === 'array') {
    for (const [index, item] of node.items.entries()) collect(item, [...above, index], source, issues)
    return
  }
  const last = new Map(node.members.map((member) => [member.name, member]))
  for (const member of node.members) {
    const key = [...above, member.name]
    const counting = last.get(member.name)
    if (counting && counting !== member && issues.length < toldAtMost) {
      const { line } = positionOf(source.text, counting.start)
      const detail = `is written again in line ${line}, and only that one counts`
      issues.push({
        path: source.path,
        key: shownKey(key),
        ...positionOf(source.text, member.start),
        detail,
      })
    }
    collect(member.value, key, source, issues)
  }
}
