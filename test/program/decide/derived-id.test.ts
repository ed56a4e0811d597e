import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActivityId } from '../../../src/foundation/index.ts'
import { effectId, effectOf } from '../../../src/program/decide/derived-id.ts'

describe('effectOf', () => {
  test('reads what effectId wrote, whatever the texts contain', () => {
    const kind = fc.string({ minLength: 1 }).filter((text) => !text.includes('/'))
    const source = fc.string({ minLength: 1 }).filter((text) => !/^\d+\//.test(text))
    fc.assert(
      fc.property(kind, fc.array(fc.string(), { minLength: 1, maxLength: 3 }), source, (name, parts, of) => {
        expect(effectOf(effectId(name, parts, of as ActivityId))).toEqual({ kind: name, source: of })
      }),
    )
  })

  test('any other id is one that says nothing', () => {
    for (const id of ['', 'o-1', '/', '/1/a/o', 'issue/o-1', 'shop/12', 'shop/9/a/o', 'shop/1/ab/o', 'shop/1/a/']) {
      expect([id, effectOf(id)]).toEqual([id, null])
    }
  })
})
