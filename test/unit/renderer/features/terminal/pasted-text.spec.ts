import { expect, it } from 'vitest'
import { pastedText } from '../../../../../renderer/features/terminal/pasted-text.ts'

it('pastes text, and nothing that acts', () => {
  expect(pastedText('a\tb\r\nc\nd 字😀')).toBe('a\tb\r\nc\nd 字😀')
  expect(pastedText('ls\u001b[201~\rrm -rf ~\r')).not.toContain('\u001b')
  expect(pastedText('\u0003\u0004\u001a\u007f\u009b201~\u0000x')).toBe('201~x')
})
