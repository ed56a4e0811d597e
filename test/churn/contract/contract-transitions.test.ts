import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ContractCounts,
  type ContractGrace,
  type ContractSpan,
  type ContractState,
  type ContractTransition,
  contractMonoid,
  contractTransitions,
  summariseContracts,
} from '../../../src/churn/index.ts'
import { addDays, type CivilDate, decode, parseCivilDate, unwrap } from '../../../src/foundation/index.ts'
import { customerAccount } from '../../../src/retention/index.ts'
import {
  contractDayArbitrary,
  contractGraceArbitrary,
  contractSpansArbitrary,
  firstContractDay,
} from '../../arbitraries/contracts.ts'
import { treacherousKeys } from '../../arbitraries/foundation.ts'
import { customerSpansArbitrary, spanPeriodArbitrary } from '../../arbitraries/subscriptions.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { monoidLaws } from '../../laws/monoid-laws.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const stateNames: ReadonlyArray<ContractState> = ['subscribed', 'ending', 'grace', 'churned']

/** A text that sorts as the spans of a customer do: by end, beginning, cancellation, reason and cause. */
const rankOf = ({ until, from, cancelledOn, reason, cause }: ContractSpan): string =>
  [until ?? 99_999, from, cancelledOn ?? 99_999, reason ?? '', cause ?? ''].join(' ')

const latestOf = (first: ContractSpan, second: ContractSpan): ContractSpan =>
  rankOf(first) > rankOf(second) ? first : second

/** The span that a customer stands by on a day: of those that have begun, the one with the latest end. */
const standsBy = (spans: ReadonlyArray<ContractSpan>, customer: string, day: CivilDate): ContractSpan | undefined => {
  const [first, ...rest] = spans.filter((span) => span.customer === customer && span.from <= day)
  return first === undefined ? undefined : rest.reduce(latestOf, first)
}

/** The state on one day, by its definition. */
const stateModel = (span: ContractSpan, day: CivilDate, grace: ContractGrace): ContractState => {
  const { until, cancelledOn, reason } = span
  if (until !== null && day >= addDays(until, grace[`${reason ?? 'unexplained'}Days`] ?? 0)) return 'churned'
  if (until !== null && day >= until) return 'grace'
  return cancelledOn !== undefined && cancelledOn <= day ? 'ending' : 'subscribed'
}

const ownModel = (
  spans: ReadonlyArray<ContractSpan>,
  customer: string,
  asOf: CivilDate,
  grace: ContractGrace,
): ReadonlyArray<ContractTransition> => {
  const found: Array<ContractTransition> = []
  for (let day = firstContractDay; day <= asOf; day = addDays(day, 1)) {
    const span = standsBy(spans, customer, day)
    if (span === undefined) continue
    const to = stateModel(span, day, grace)
    const from = found.at(-1)?.to ?? null
    const end = to === 'subscribed' ? undefined : span
    if (to !== from) {
      found.push({ customer, on: day, from, to, reason: end?.reason ?? null, cause: end?.cause ?? null })
    }
  }
  return found
}

/** The days on which that state is another than on the day before. */
const transitionsModel = (
  spans: ReadonlyArray<ContractSpan>,
  asOf: CivilDate,
  grace: ContractGrace,
): ReadonlyArray<ContractTransition> =>
  Array.from(new Set(spans.map(({ customer }) => customer))).flatMap((customer) =>
    ownModel(spans, customer, asOf, grace),
  )

const sorted = (list: ReadonlyArray<ContractTransition>): ReadonlyArray<ContractTransition> =>
  ['ann', 'bob', ...treacherousKeys].flatMap((id) => list.filter(({ customer }) => customer === id))

describe('contractTransitions', () => {
  test('equal the slow model, day by day', () => {
    fc.assert(
      fc.property(contractSpansArbitrary, contractDayArbitrary, contractGraceArbitrary, (spans, day, grace) => {
        const asOf = addDays(day, 10)
        expect(unwrap(contractTransitions(spans, { asOf, grace }))).toEqual(transitionsModel(spans, asOf, grace))
      }),
    )
  })

  test('up to a day are the same whatever comes later, and in whatever order spans come', () => {
    fc.assert(
      fc.property(contractSpansArbitrary, contractDayArbitrary, contractGraceArbitrary, (spans, asOf, grace) => {
        const early = spans.filter(({ from }) => from <= asOf)
        const all = unwrap(contractTransitions(spans, { asOf: addDays(asOf, 30), grace }))
        expect(sorted(unwrap(contractTransitions(early, { asOf, grace })))).toEqual(
          sorted(all.filter(({ on }) => on <= asOf)),
        )
        const backwards = contractTransitions([...spans].reverse(), { asOf: addDays(asOf, 30), grace })
        expect(sorted(unwrap(backwards))).toEqual(sorted(all))
      }),
    )
  })

  test('without a grace a customer goes when the account of customers says so', () => {
    fc.assert(
      fc.property(customerSpansArbitrary, spanPeriodArbitrary, (spans, period) => {
        const { counts, entered } = unwrap(summariseContracts(spans, period))
        const account = unwrap(customerAccount(spans, period))
        const days = period.until - period.from
        expect(entered.churned).toEqual([...account.lostByDay])
        expect(counts.subscribed[days - 1]).toBe(account.end)
      }),
    )
  })

  const ann = { customer: 'ann', from: date('2026-01-01'), until: date('2026-02-01') }
  const told = (spans: ReadonlyArray<ContractSpan>, grace: ContractGrace = {}): ReadonlyArray<string> =>
    unwrap(contractTransitions(spans, { asOf: date('2026-12-31'), grace })).map(
      ({ on, to, reason, cause }) => `${on - date('2026-01-01')} ${to} ${reason} ${cause}`,
    )

  test('tell a cancellation when it is known, with its reason and cause', () => {
    const cancelled = { ...ann, cancelledOn: date('2026-01-11'), reason: 'voluntary', cause: 'price' } as const
    expect(told([cancelled])).toEqual([
      '0 subscribed null null',
      '10 ending voluntary price',
      '31 churned voluntary price',
    ])
    expect(told([{ ...cancelled, cancelledOn: date('2025-12-24') }])).toEqual([
      '0 ending voluntary price',
      '31 churned voluntary price',
    ])
    const kept = { customer: 'ann', from: date('2026-01-20'), until: null }
    expect(told([cancelled, kept])).toEqual([
      '0 subscribed null null',
      '10 ending voluntary price',
      '19 subscribed null null',
    ])
  })

  test('a payment within the grace keeps the customer, on its last day too', () => {
    const again = (text: string) => ({ customer: 'ann', from: date(text), until: null })
    const unpaid = { ...ann, reason: 'involuntary' } as const
    const grace = { involuntaryDays: 7 }
    expect(told([unpaid, again('2026-02-08')], grace)).toEqual([
      '0 subscribed null null',
      '31 grace involuntary null',
      '38 subscribed null null',
    ])
    expect(told([unpaid, again('2026-02-09')], grace)).toEqual([
      '0 subscribed null null',
      '31 grace involuntary null',
      '38 churned involuntary null',
      '39 subscribed null null',
    ])
    expect(told([unpaid, again('2026-02-01')], grace)).toEqual(['0 subscribed null null'])
  })

  test('of spans that are alike but for their end take the same one in any order', () => {
    const forms: ReadonlyArray<ContractSpan> = [
      { ...ann, until: null },
      ann,
      { ...ann, cancelledOn: date('2026-01-11') },
      { ...ann, cancelledOn: date('2026-01-12') },
      { ...ann, reason: 'voluntary' },
      { ...ann, reason: 'involuntary' },
      { ...ann, reason: 'voluntary', cause: 'price' },
      { ...ann, reason: 'voluntary', cause: 'moved' },
    ]
    for (const one of forms) for (const other of forms) expect(told([one, other])).toEqual(told([other, one]))
    expect(told([{ ...ann, cancelledOn: date('2026-01-11') }, ann])).toEqual(told([ann]))
  })

  test('report everything that is wrong', () => {
    const wrong = {
      customer: '',
      from: 0.5 as CivilDate,
      until: 1 as CivilDate,
      cancelledOn: 0.5 as CivilDate,
      reason: 'bored' as 'voluntary',
    }
    const options = {
      asOf: 0.5 as CivilDate,
      grace: { voluntaryDays: -1, involuntaryDays: 0.5, unexplainedDays: 4000 },
    }
    const result = contractTransitions(
      [
        { ...wrong, until: 0.5 as CivilDate },
        { ...ann, until: ann.from },
      ],
      options,
    )
    expect(result._tag === 'Left' && result.left.map(({ path }) => path.join('.'))).toEqual([
      'asOf',
      'grace.voluntaryDays',
      'grace.involuntaryDays',
      'grace.unexplainedDays',
      'spans.0.customer',
      'spans.0.from',
      'spans.0.until',
      'spans.0.cancelledOn',
      'spans.0.reason',
      'spans.1.until',
    ])
  })
})

describe('summariseContracts', () => {
  const period = { from: addDays(firstContractDay, 10), until: addDays(firstContractDay, 25) }

  test('counts the states that the model has on each day', () => {
    fc.assert(
      fc.property(contractSpansArbitrary, contractGraceArbitrary, (spans, grace) => {
        const { counts } = unwrap(summariseContracts(spans, period, grace))
        const customers = Array.from(new Set(spans.map(({ customer }) => customer)))
        for (const state of stateNames) {
          counts[state].forEach((count, at) => {
            const day = addDays(period.from, at)
            const held = customers.filter((customer) => {
              const span = standsBy(spans, customer, day)
              return span !== undefined && stateModel(span, day, grace) === state
            })
            expect(count).toBe(held.length)
          })
        }
      }),
    )
  })

  test('of a population split by customers is that of the whole', () => {
    fc.assert(
      fc.property(contractSpansArbitrary, contractGraceArbitrary, (spans, grace) => {
        const part = (holds: boolean) =>
          unwrap(
            summariseContracts(
              spans.filter(({ customer }) => customer > 'b' === holds),
              period,
              grace,
            ),
          )
        expect(contractMonoid(15).concat(part(true), part(false))).toEqual(
          unwrap(summariseContracts(spans, period, grace)),
        )
      }),
    )
  })

  test('reports a period or a span that is none', () => {
    expect(summariseContracts([], { from: 0.5 as CivilDate, until: period.from })._tag).toBe('Left')
    expect(summariseContracts([], { from: period.from, until: 1e9 as CivilDate })._tag).toBe('Left')
    expect(summariseContracts([], { from: period.until, until: period.from })).toMatchObject({
      left: [{ path: ['period'] }],
    })
    const wrong = [{ customer: '', from: period.from, until: null }]
    expect(summariseContracts(wrong, { from: period.until, until: period.from }, { voluntaryDays: -1 })).toMatchObject({
      left: [{ path: ['period'] }, { path: ['grace', 'voluntaryDays'] }, { path: ['spans', 0, 'customer'] }],
    })
    expect(summariseContracts([{ customer: '', from: period.from, until: null }], period)._tag).toBe('Left')
  })

  const summaries = fc
    .tuple(contractSpansArbitrary, contractGraceArbitrary)
    .map(([spans, grace]) => unwrap(summariseContracts(spans, period, grace)))
  monoidLaws('contractMonoid', contractMonoid(15), summaries)
  codecLaws('ContractCounts', ContractCounts, summaries)

  test('are read only if each day follows from the one before', () => {
    const sound = unwrap(summariseContracts([{ customer: 'ann', from: period.from, until: null }], period))
    const paths = (value: unknown): unknown => {
      const read = decode(ContractCounts, value)
      return read._tag === 'Left' && read.left.map(({ path }) => path.join('.'))
    }
    expect(paths({ ...sound, counts: { ...sound.counts, ending: [1, ...sound.counts.ending.slice(1)] } })).toEqual([
      'counts.ending.1',
    ])
    expect(paths({ ...sound, left: { ...sound.left, grace: [] } })).toEqual(['left.grace'])
  })
})
