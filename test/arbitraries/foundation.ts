// Generators of numbers, money, points, currencies and ids. They lean to where things break: ends of ranges, ties,
// currencies with unusual digits, keys that name members of every object.
import fc from 'fast-check'
import {
  type Codec,
  type Currency,
  currency,
  type Decimal,
  type Money,
  minorUnitDigits,
  moneyFromMinor,
  type Points,
  points,
  type RoundingMode,
  toDecimal,
  unwrap,
} from '../../src/foundation/index.ts'

/** Keys that an object inherits, or that change one when they are assigned. */
export const treacherousKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
] as const

/** Any text, often one that is a member of every object. */
export const textArbitrary: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...treacherousKeys) },
  { weight: 2, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
)

/** Ids of a kind: `idArbitrary(MemberId)`. Short ones are likely, so that two are sometimes the same. */
export const idArbitrary = <A extends string>(_kind: Codec<A, string>): fc.Arbitrary<A> =>
  fc
    .oneof(fc.constantFrom('a', 'b', 'c'), textArbitrary)
    .filter((text) => text.length > 0)
    .map((text) => text as A)

const currencies = ['EUR', 'USD', 'JPY', 'KWD', 'CLF', 'GBP', 'XAF', 'HUF'].map((code) => unwrap(currency(code)))

/** Currencies with 0, 2, 3 and 4 digits. */
export const currencyArbitrary: fc.Arbitrary<Currency> = fc.constantFrom(...currencies)

/** Integers that a number holds exactly; small ones, large ones and the ends. */
export const safeIntegerArbitrary: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.maxSafeInteger(),
  fc.integer({ min: 0, max: 1000 }).map((n) => Number.MAX_SAFE_INTEGER - n),
  fc.integer({ min: 0, max: 1000 }).map((n) => n - Number.MAX_SAFE_INTEGER),
)

/** What to draw money from. */
export interface MoneyConstraints {
  readonly currency?: Currency
  /** least minor units */
  readonly min?: number
  /** most minor units */
  readonly max?: number
}

/** Money of one currency, or of any. */
export const moneyArbitrary = ({ currency: only, min, max }: MoneyConstraints = {}): fc.Arbitrary<Money> => {
  const minor =
    min === undefined && max === undefined
      ? safeIntegerArbitrary
      : fc.integer({ min: min ?? Number.MIN_SAFE_INTEGER, max: max ?? Number.MAX_SAFE_INTEGER })
  return fc
    .tuple(minor, only === undefined ? currencyArbitrary : fc.constant(only))
    .map(([amount, code]) => unwrap(moneyFromMinor(amount, code)))
}

/** Points from 0 to a limit. */
export const pointsArbitrary = ({
  max = Number.MAX_SAFE_INTEGER,
}: {
  readonly max?: number
} = {}): fc.Arbitrary<Points> =>
  fc.oneof(fc.maxSafeNat(), fc.nat({ max: 1000 })).map((n) => unwrap(points(n % (max + 1))))

const digits = (most: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: most })

/** Texts that are decimal numbers: up to 30 digits on each side of the point. */
export const decimalTextArbitrary: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '-'), digits(30), fc.option(digits(30), { nil: undefined }))
  .map(([sign, whole, part]) => `${sign}${whole.replace(/^0+(?=.)/, '')}${part === undefined ? '' : `.${part}`}`)

/** Decimal numbers; some are ties of tenths and halves. */
export const decimalArbitrary: fc.Arbitrary<Decimal> = fc
  .oneof(
    decimalTextArbitrary,
    fc.integer({ min: -1000, max: 1000 }).map((n) => `${Math.trunc(n / 10)}.${Math.abs(n % 10)}`),
    fc.integer({ min: -100, max: 100 }).map((n) => `${n}.5`),
  )
  .map((text) => unwrap(toDecimal(text)))

/** Every rounding mode. */
export const roundingModeArbitrary: fc.Arbitrary<RoundingMode> = fc.constantFrom(
  'floor',
  'ceil',
  'halfUp',
  'halfEven',
  'halfAway',
  'truncate',
)

/** Amounts as texts of a currency, with as many digits as it has or fewer. */
export const amountTextArbitrary = (code: Currency): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: -100_000, max: 100_000 }), digits(4), fc.nat({ max: minorUnitDigits(code) }))
    .map(([whole, part, length]) =>
      length === 0 ? String(whole) : `${whole}.${part.padEnd(length, '7').slice(0, length)}`,
    )

/** Any value at all, also ones that no JSON holds: null prototypes, bigints, dates, maps, typed arrays, sparse arrays. */
export const anythingArbitrary: fc.Arbitrary<unknown> = fc.anything({
  key: textArbitrary,
  values: [
    textArbitrary,
    fc.integer(),
    fc.double(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constantFrom(null, undefined, '', 'EUR', '1.00', Number.NaN, -0, Number.POSITIVE_INFINITY),
    fc.constant(Symbol('any')),
  ],
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
})
