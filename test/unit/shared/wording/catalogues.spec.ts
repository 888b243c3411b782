import { describe, expect, it } from 'vitest'
import { en } from '../../../../shared/wording/en.ts'
import { zhCn } from '../../../../shared/wording/zh-cn.ts'

function texts(node: object, path = ''): [key: string, text: string][] {
  return Object.entries(node).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[path + name, value]] : texts(value, `${path + name}.`),
  )
}

const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/{{\w+}}/g)].map((match) => match[0]))].sort()
const english = texts(en).filter(([key]) => !key.endsWith('_one'))
const chinese = new Map(texts(zhCn))

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual(english.map(([key]) => key).sort())
  })

  it('take the same values in both languages', () => {
    const differing = english.filter(
      ([key, text]) => placeholders(chinese.get(key) ?? '').join() !== placeholders(text).join(),
    )
    expect(differing).toEqual([])
  })

  it('keep to full-width punctuation in Chinese', () => {
    const prose = [...chinese.values()].map((text) => text.replace(/`[^`]*`/g, '').replace(/{{\w+}}/g, ''))
    const halfWidth = /[\u4e00-\u9fff]\s*[,;:!?()]|[,;:!?()]\s*[\u4e00-\u9fff]/
    expect(prose.filter((text) => halfWidth.test(text))).toEqual([])
  })

  it('say something definite', () => {
    const all = [...texts(en), ...chinese]
    expect(all.filter(([, text]) => /something went wrong|出错了|^\s*$/i.test(text))).toEqual([])
  })
})
