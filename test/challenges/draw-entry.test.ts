import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  Draw,
  DrawEntries,
  type DrawEntry,
  type DrawTickets,
  drawTickets,
  enterDraw,
  noEntries,
  withdrawEntries,
} from '../../src/challenges/index.ts'
import { type ActivityId, decode, type Instant, type MemberId, unwrap } from '../../src/foundation/index.ts'
import { drawArbitrary, drawEntriesArbitrary, withdrawalsArbitrary } from '../arbitraries/draws.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const caseArbitrary = fc.record({
  draw: drawArbitrary,
  entries: drawEntriesArbitrary,
  withdrawals: withdrawalsArbitrary,
  excluded: fc.subarray(['anna', '__proto__', 'nobody'] as ReadonlyArray<string> as Array<MemberId>),
})

const knownOf = (draw: Draw, entries: ReadonlyArray<DrawEntry>, withdrawals: Parameters<typeof withdrawEntries>[1]) =>
  unwrap(withdrawEntries(unwrap(enterDraw(draw, noEntries(draw), entries)), withdrawals))

test('tickets are those of the slow model: each entry is looked at by itself', () => {
  fc.assert(
    fc.property(caseArbitrary, ({ draw, entries, withdrawals, excluded }) => {
      const tickets = drawTickets(draw, knownOf(draw, entries, withdrawals), excluded)
      const model = ['__proto__', 'anna', 'ben', 'constructor'].flatMap((member) => {
        const uncapped = entries
          .filter((entry) => entry.member === member)
          .filter(({ id }) => !withdrawals.some(({ of, at }) => of === id && at < draw.drawsAt))
          .reduce((sum, { method }) => sum + (draw.methods.find(({ id }) => id === method)?.tickets ?? 0), 0)
        return uncapped === 0 ? [] : [{ member, tickets: Math.min(uncapped, draw.mostTickets ?? uncapped), uncapped }]
      })
      const isOut = ({ member }: { readonly member: string }) => excluded.some((one) => one === member)
      expect(tickets.members).toEqual(model.filter((one) => !isOut(one)))
      expect(tickets.excluded).toEqual(model.filter(isOut).map(({ member }) => member))
      expect(tickets.total).toBe(tickets.members.reduce((sum, one) => sum + one.tickets, 0))
    }),
  )
})

test('order and batches make no difference, and what comes in a second time changes nothing', () => {
  fc.assert(
    fc.property(caseArbitrary, ({ draw, entries, withdrawals }) => {
      const whole = knownOf(draw, entries, withdrawals)
      const backwards = [...entries]
        .reverse()
        .reduce(
          (known, entry) => unwrap(enterDraw(draw, known, [entry])),
          unwrap(withdrawEntries(noEntries(draw), [...withdrawals].reverse())),
        )
      expect(backwards).toEqual(whole)
      expect(unwrap(enterDraw(draw, whole, entries))).toEqual(whole)
    }),
  )
})

test('an entry of another member changes neither tickets nor exclusions of the others', () => {
  fc.assert(
    fc.property(caseArbitrary, ({ draw, entries, withdrawals, excluded }) => {
      const known = knownOf(draw, entries, withdrawals)
      const stranger = { id: 'x' as ActivityId, member: 'zoe' as MemberId, at: 1 as Instant, method: 'postcard' }
      const before = drawTickets(draw, known, excluded)
      const after = drawTickets(draw, unwrap(enterDraw(draw, known, [stranger])), excluded)
      expect(after.members.filter(({ member }) => member !== 'zoe')).toEqual(before.members)
      expect(after.excluded).toEqual(before.excluded)
    }),
  )
})

const json = {
  id: 'summer',
  opens: '2026-06-01T00:00:00Z',
  closes: '2026-07-01T00:00:00Z',
  drawsAt: '2026-07-02T12:00:00Z',
  methods: [
    { id: 'order', tickets: 1, isPurchase: true },
    { id: 'postcard', tickets: 1, isPurchase: false },
  ],
  mostTickets: 10,
  prizes: [{ id: 'bike', count: 1, among: null }],
  alternates: 0,
}
const summer = unwrap(decode(Draw, json))
const entered = (count: number, method: string): ReadonlyArray<DrawEntry> =>
  Array.from({ length: count }, (_, index) => ({
    id: `${method} ${index}` as ActivityId,
    member: method as MemberId,
    at: summer.opens,
    method,
  }))
const ticketsOf = ({ members }: DrawTickets) => members.map(({ member, tickets }) => [member, tickets])

test('S61 one ticket a purchase, ten at most; twelve with one returned are still ten', () => {
  const known = unwrap(enterDraw(summer, noEntries(summer), entered(12, 'order')))
  const returned = (many: number, at: Instant) =>
    entered(many, 'order').map(({ id }) => ({ id: `return ${id}` as ActivityId, of: id, at }))
  const after = (many: number, at: Instant) =>
    ticketsOf(drawTickets(summer, unwrap(withdrawEntries(known, returned(many, at))), []))
  expect(after(0, summer.opens)).toEqual([['order', 10]])
  expect(after(1, summer.closes)).toEqual([['order', 10]])
  expect(after(3, (summer.drawsAt - 1) as Instant)).toEqual([['order', 9]])
  expect(after(3, summer.drawsAt)).toEqual([['order', 10]])
  expect(after(12, summer.closes)).toEqual([])
})

test('S61 entries without purchase count like those with one, up to the same limit', () => {
  const known = unwrap(enterDraw(summer, noEntries(summer), [...entered(12, 'order'), ...entered(12, 'postcard')]))
  expect(ticketsOf(drawTickets(summer, known, []))).toEqual([
    ['order', 10],
    ['postcard', 10],
  ])
  const unfair = { ...json, methods: json.methods.map((method) => ({ ...method, tickets: method.isPurchase ? 2 : 1 })) }
  expect(decode(Draw, unfair)).toMatchObject({ left: [{ path: ['methods', 1, 'tickets'] }] })
})

test('every fault of an entry is reported', () => {
  const [one] = entered(1, 'order')
  if (one === undefined) expect.unreachable()
  const known = unwrap(enterDraw(summer, noEntries(summer), [one]))
  const wrong = [
    { ...one, member: 'ben' as MemberId },
    { ...one, id: 'late' as ActivityId, at: summer.closes, method: 'fax' },
  ]
  expect(enterDraw(summer, known, wrong)).toMatchObject({
    left: [
      { _tag: 'DrawNotOpen', path: ['entries', 1, 'at'] },
      { _tag: 'InvalidValue', path: ['entries', 1, 'method'] },
      { _tag: 'RecordConflict', path: ['entries', 0] },
    ],
  })
  expect(enterDraw(summer, known, wrong.slice(1))._tag).toBe('Left')
  const taken = { id: 'r' as ActivityId, of: one.id, at: summer.opens }
  const twice = withdrawEntries(known, [taken, { ...taken, of: 'other' as ActivityId }])
  expect(twice).toMatchObject({ left: [{ _tag: 'RecordConflict', path: ['withdrawals', 1] }] })
})

test('a draw reports all that does not fit together in it', () => {
  const wrong = {
    ...json,
    closes: json.opens,
    drawsAt: '2026-05-01T00:00:00Z',
    methods: [json.methods[0], json.methods[0]],
    prizes: [
      { id: 'trip', count: 1, among: 'cheque' },
      { id: 'cheque', count: 2, among: null },
      { id: 'cheque', count: 3, among: 'trip' },
    ],
  }
  const faults = decode(Draw, wrong)
  expect(faults._tag === 'Left' && faults.left.map(({ path }) => path.join('.'))).toEqual([
    'closes',
    'drawsAt',
    'methods.1.id',
    'prizes.2.id',
    'prizes.0.among',
    'prizes.2.count',
  ])
})

codecLaws('Draw', Draw, drawArbitrary)
codecLaws(
  'DrawEntries',
  DrawEntries,
  caseArbitrary.map(({ draw, entries, withdrawals }) => knownOf(draw, entries, withdrawals)),
)
