/** Prize draws as data: when one can enter and how, how many tickets at most, and what can be won. */
import {
  arrayCodec,
  booleanCodec,
  type Codec,
  constrainCodec,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  nullableCodec,
  refineCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'
import { DrawId, PrizeId } from './challenge-id.ts'

/** A way to enter a draw. */
export interface DrawMethod {
  readonly id: string
  /** How many tickets an entry gives: its weight. */
  readonly tickets: number
  /** Whether something has to be bought for it. */
  readonly isPurchase: boolean
}

/** A prize of a draw. */
export interface DrawPrize {
  readonly id: PrizeId
  /** How many are drawn. */
  readonly count: number
  /** The prize among whose winners these are drawn, at equal odds; `null`: among those who have won nothing so far. */
  readonly among: PrizeId | null
}

/** A prize draw. */
export interface Draw {
  readonly id: DrawId
  /** The first instant of the entry period. */
  readonly opens: Instant
  /** The first instant after it. */
  readonly closes: Instant
  /** From then on the tickets are fixed: what is returned later removes none. */
  readonly drawsAt: Instant
  /** Those without a purchase give as many tickets as any with one, so that their odds are equal. */
  readonly methods: ReadonlyArray<DrawMethod>
  /** How many tickets a member can have, whatever the methods; `null`: any number. */
  readonly mostTickets: number | null
  /** In the order in which they are drawn. */
  readonly prizes: ReadonlyArray<DrawPrize>
  /** How many stand by for winners who cannot be reached or may not win. */
  readonly alternates: number
}

const positive = (max: number): Codec<number> => integerCodec({ min: 1, max })

const methodName: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'MethodName',
  'a name of at least one character',
  (name) => name !== '',
  { minLength: 1 },
)

const repeated = (ids: ReadonlyArray<string>, key: string): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return ids.flatMap((id, index) => {
    const again = seen.has(id)
    seen.add(id)
    return again ? [invalidValue([key, index, 'id'], id, 'an id that no other one has')] : []
  })
}

const timeFaults = ({ opens, closes, drawsAt }: Draw): ReadonlyArray<InvalidValue> => [
  ...(opens < closes ? [] : [invalidValue(['closes'], closes, 'an instant after the draw opens')]),
  ...(closes <= drawsAt ? [] : [invalidValue(['drawsAt'], drawsAt, 'an instant not before entries close')]),
]

const methodFaults = ({ methods }: Draw): ReadonlyArray<InvalidValue> => {
  let most = 0
  for (const { isPurchase, tickets } of methods) if (isPurchase) most = Math.max(most, tickets)
  return methods.flatMap(({ isPurchase, tickets }, index) =>
    isPurchase || tickets >= most
      ? []
      : [invalidValue(['methods', index, 'tickets'], tickets, `at least ${most}, what an entry by purchase gives`)],
  )
}

const amongFaults = ({ prizes }: Draw): ReadonlyArray<InvalidValue> => {
  const before = new Map<PrizeId, number>()
  return prizes.flatMap(({ id, among, count }, index) => {
    const most = among === null ? count : before.get(among)
    before.set(id, count)
    if (most === undefined) return [invalidValue(['prizes', index, 'among'], among, 'the id of a prize before it')]
    return count <= most
      ? []
      : [invalidValue(['prizes', index, 'count'], count, `at most ${most}, of which there are winners to draw among`)]
  })
}

const drawFaults = (draw: Draw): ReadonlyArray<InvalidValue> => [
  ...timeFaults(draw),
  ...repeated(
    draw.methods.map(({ id }) => id),
    'methods',
  ),
  ...methodFaults(draw),
  ...repeated(
    draw.prizes.map(({ id }) => id),
    'prizes',
  ),
  ...amongFaults(draw),
]

/**
 * Reads a {@link Draw}: an entry without purchase gives at least as many tickets as one with, and a prize is drawn among
 * the winners of an earlier one or among those who have won nothing (S61).
 *
 * @example
 * ```ts
 * import { decode, Draw } from 'treue'
 *
 * const json = {
 *   id: 'summer',
 *   opens: '2026-06-01T00:00:00Z',
 *   closes: '2026-07-01T00:00:00Z',
 *   drawsAt: '2026-07-02T12:00:00Z',
 *   methods: [{ id: 'order', tickets: 1, isPurchase: true }, { id: 'postcard', tickets: 1, isPurchase: false }],
 *   mostTickets: 10,
 *   prizes: [{ id: 'cheque', count: 50, among: null }, { id: 'trip', count: 10, among: 'cheque' }],
 *   alternates: 5,
 * }
 * decode(Draw, json)._tag // => 'Right'
 * decode(Draw, { ...json, prizes: [{ id: 'trip', count: 10, among: 'cheque' }] })._tag // => 'Left'
 * ```
 */
export const Draw: Codec<Draw, unknown> = /* @__PURE__ */ constrainCodec<Draw, unknown>(
  /* @__PURE__ */ structCodec('Draw', {
    id: DrawId,
    opens: Instant,
    closes: Instant,
    drawsAt: Instant,
    methods: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('DrawMethod', {
        id: methodName,
        tickets: /* @__PURE__ */ positive(1_000_000),
        isPurchase: booleanCodec,
      }),
      { minLength: 1, maxLength: 100 },
    ),
    mostTickets: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ positive(1_000_000)),
    prizes: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('DrawPrize', {
        id: PrizeId,
        count: /* @__PURE__ */ positive(1_000_000),
        among: /* @__PURE__ */ nullableCodec(PrizeId),
      }),
      { minLength: 1, maxLength: 100 },
    ),
    alternates: /* @__PURE__ */ integerCodec({ min: 0, max: 1_000_000 }),
  }),
  drawFaults,
)
