import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const table = readFileSync(join(root, 'docs/manual-coverage.md'), 'utf8')
const rows = table
  .split('\n')
  .filter((line) => /^\| *M\d/.test(line))
  .map((line) => {
    const [id = '', manual = '', state = '', test = ''] = line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|'))
    return { id, manual, state, test }
  })
/** As in the titles of tests: `M01 M02: what they show`. */
const titles = globSync('test/**/*.spec.{ts,tsx}', { cwd: root }).flatMap((path) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/['"`]((?:M\d\d ?)+): ([^\n]+?)['"`](?:,|$| :)/gm)].map(
    ([, ids = '', title = '']) => ({ path, ids: ids.trim().split(' '), title }),
  ),
)
const linesOf = (manual: string) =>
  [...manual.matchAll(/(`+)(.+?)\1(?=<br>|$)/g)].map(([, , line]) => line ?? '')

describe('the table of what the manual says', () => {
  it('M96: has each line of the manual, and for its further pages one of ours', () => {
    const facts = readFileSync(join(root, 'test/fixtures/manual-lines.txt'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !/^## |^# (Each|more) /.test(line))
    expect(facts.length).toBeGreaterThan(150)
    const shown = new Set(rows.flatMap(({ manual }) => linesOf(manual)))
    expect(facts.filter((fact) => !shown.has(fact))).toEqual([])
    const pages = [...(rows.at(-1)?.state ?? '').matchAll(/docs\/[\w-]+\.md/g)].map(([page]) => page)
    expect(pages).toHaveLength(5)
    for (const page of pages) expect(existsSync(join(root, page)), page).toBe(true)
  })

  it('has an id, a known state and its reason in each row', () => {
    expect(rows.map(({ id }) => id)).toEqual(rows.map((_, at) => `M${String(at + 1).padStart(2, '0')}`))
    const wrong = rows.filter(
      ({ state }) => !/^(works(: .+|; .+| .+)?|works otherwise: .+|cannot work: .+|not yet: .+)$/.test(state),
    )
    expect(wrong).toEqual([])
  })

  it('names for each row the one test that has its id, as it is there', () => {
    for (const { id, test } of rows) {
      const carriers = titles.filter(({ ids }) => ids.includes(id))
      expect({ id, carriers: carriers.length }).toEqual({ id, carriers: 1 })
      const [path = '', title = ''] = test.split(' › ')
      expect({ id, path: path.replaceAll('`', ''), title }).toEqual({
        id,
        path: carriers[0]?.path,
        title: carriers[0]?.title,
      })
    }
  })

  it('has a row for each id that a test claims', () => {
    const known = new Set(rows.map(({ id }) => id))
    expect(titles.flatMap(({ ids }) => ids).filter((id) => !known.has(id))).toEqual([])
  })
})
