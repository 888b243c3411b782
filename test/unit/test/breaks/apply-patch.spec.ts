import { describe, expect, it } from 'vitest'
import { applyHunks } from '../../../breaks/apply-patch.ts'
import { parsePatch } from '../../../breaks/parse-patch.ts'

const patch = `# guard: keeps b
# spec: test/unit/b.spec.ts
# name: keeps it
# needs: build
diff --git a/b.ts b/b.ts
--- a/b.ts
+++ b/b.ts
@@ -1,3 +1,2 @@
 a
-b
 c
@@ -10 +9,2 @@
-x
+y
+--- z
`

describe('patches of the breaks', () => {
  it('are read with their header', () => {
    const parsed = parsePatch(patch)
    expect(parsed).toMatchObject({
      guard: 'keeps b',
      spec: 'test/unit/b.spec.ts',
      testName: 'keeps it',
      needsBuild: true,
    })
    expect(parsed.files).toEqual([
      {
        path: 'b.ts',
        hunks: [
          { before: ['a', 'b', 'c'], after: ['a', 'c'] },
          { before: ['x'], after: ['y', '--- z'] },
        ],
      },
    ])
  })

  it('apply wherever their lines have moved to', () => {
    const hunks = parsePatch(patch).files[0]?.hunks ?? []
    expect(applyHunks('new\na\nb\nc\nmore\nx\n', hunks)).toBe('new\na\nc\nmore\ny\n--- z\n')
  })

  it('do not apply where a line differs, or where two places fit', () => {
    const hunks = parsePatch(patch).files[0]?.hunks ?? []
    expect(() => applyHunks('a\nb \nc\nx\n', hunks)).toThrow('fits in 0 places')
    expect(() => applyHunks('a\nb\nc\na\nb\nc\nx\n', hunks)).toThrow('fits in 2 places')
  })

  it('are refused without header, without change, or cut short', () => {
    expect(() => parsePatch('--- a/b\n+++ b/b\n@@ -1 +1 @@\n-a\n+b\n')).toThrow('header')
    expect(() => parsePatch('# guard: g\n# spec: s\n')).toThrow('no file')
    expect(() => parsePatch(patch.slice(0, patch.indexOf('+y')))).toThrow('cut short')
  })
})
