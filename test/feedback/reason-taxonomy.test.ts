import { describe, expect, test } from 'vitest'
import { complaintReasons, leavingReasons, ReasonTaxonomy } from '../../src/feedback/index.ts'
import { decode, formatPath } from '../../src/foundation/index.ts'
import { reasonTaxonomyArbitrary } from '../arbitraries/reasons.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const pathsOf = (reasons: ReadonlyArray<unknown>): ReadonlyArray<string> => {
  const result = decode(ReasonTaxonomy, { reasons })
  return result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
}

describe('ReasonTaxonomy', () => {
  test('the ones that are there can be read', () => {
    for (const taxonomy of [complaintReasons, leavingReasons]) {
      expect(decode(ReasonTaxonomy, JSON.parse(JSON.stringify(taxonomy)))).toEqual({ _tag: 'Right', right: taxonomy })
    }
  })

  test('an id twice, a parent that stands behind, a circle', () => {
    expect(
      pathsOf([
        { id: 'a', parent: null },
        { id: 'a', parent: null },
      ]),
    ).toEqual(['reasons[1].id'])
    expect(
      pathsOf([
        { id: 'a', parent: 'b' },
        { id: 'b', parent: 'a' },
      ]),
    ).toEqual(['reasons[0].parent'])
    expect(pathsOf([{ id: 'a', parent: 'a' }])).toEqual(['reasons[0].parent'])
  })

  test('ten levels are read, eleven are not', () => {
    const chain = (levels: number) =>
      Array.from({ length: levels }, (_, at) => ({ id: `r${at}`, parent: at === 0 ? null : `r${at - 1}` }))
    expect(pathsOf(chain(10))).toEqual([])
    expect(pathsOf(chain(11))).toEqual(['reasons[10].parent'])
  })
})

codecLaws('ReasonTaxonomy', ReasonTaxonomy, reasonTaxonomyArbitrary)
