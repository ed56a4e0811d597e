import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  commitDraw,
  type Draw,
  type DrawResult,
  type DrawTickets,
  drawOrder,
  drawPrizes,
  replaceWinner,
  verifyDraw,
} from '../../src/challenges/index.ts'
import { type MemberId, unwrap } from '../../src/foundation/index.ts'
import { drawArbitrary, drawTicketsArbitrary, secretSeedArbitrary } from '../arbitraries/draws.ts'

interface Vector {
  readonly draw: string
  readonly prizes: ReadonlyArray<readonly [id: string, count: number, among: string]>
  readonly alternates: number
  readonly members: ReadonlyArray<readonly [member: string, tickets: number]>
  readonly secretSeed: string
  readonly publicSeed: string
  readonly result: Pick<DrawResult, 'listingHash' | 'commitment' | 'seed' | 'alternates'> & {
    readonly prizes: ReadonlyArray<readonly [prize: string, winners: ReadonlyArray<string>]>
  }
}

const vectors = JSON.parse(
  readFileSync(new URL('./prize-draw-vectors.json', import.meta.url), 'utf8'),
) as ReadonlyArray<Vector>

const drawOf = ({ draw, prizes, alternates }: Vector): Draw =>
  ({
    id: draw,
    prizes: prizes.map(([id, count, among]) => ({ id, count, among: among === '' ? null : among })),
    alternates,
  }) as unknown as Draw

const ticketsOf = ({ draw, members }: Vector): DrawTickets => ({
  draw: draw as DrawTickets['draw'],
  members: members.map(([member, tickets]) => ({ member: member as MemberId, tickets, uncapped: tickets })),
  total: members.reduce((sum, [, tickets]) => sum + tickets, 0),
  excluded: [],
})

test.each(vectors)('S61 the winners of the draw $draw are those that ten lines of Python find', (vector) => {
  const { secretSeed, publicSeed, result } = vector
  const drawn = unwrap(drawPrizes(drawOf(vector), ticketsOf(vector), { secretSeed, publicSeed }))
  expect({
    listingHash: drawn.listingHash,
    commitment: drawn.commitment,
    seed: drawn.seed,
    prizes: drawn.prizes.map(({ prize, winners }) => [prize, winners]),
    alternates: drawn.alternates,
  }).toEqual(result)
})

const caseArbitrary = fc.record({
  draw: drawArbitrary,
  tickets: drawTicketsArbitrary,
  secretSeed: secretSeedArbitrary,
  publicSeed: fc.string(),
})

/** How many win each prize, by counting who is left. */
const winnersModel = (draw: Draw, members: number): ReadonlyArray<number> => {
  const counts = new Map<string | null, number>()
  let left = members
  return draw.prizes.map(({ id, among, count }) => {
    const drawn = Math.min(count, among === null ? left : (counts.get(among) ?? 0))
    counts.set(id, drawn)
    left -= among === null ? drawn : 0
    return drawn
  })
}

test('S61 nobody wins twice, except among the winners of another prize; alternates have won nothing', () => {
  fc.assert(
    fc.property(caseArbitrary, ({ draw, tickets, ...seeds }) => {
      const { prizes, alternates } = unwrap(drawPrizes(draw, tickets, seeds))
      const winnersOf = (prize: string | null) => prizes.find((one) => one.prize === prize)?.winners ?? []
      const direct = draw.prizes.filter(({ among }) => among === null).flatMap(({ id }) => winnersOf(id))
      const all = [...direct, ...alternates]
      const members = tickets.members.map(({ member }) => member)
      expect(new Set(all).size).toBe(all.length)
      expect(members).toEqual(expect.arrayContaining(all))
      expect(prizes.map(({ winners }) => winners.length)).toEqual(winnersModel(draw, members.length))
      for (const { id, among } of draw.prizes) {
        if (among !== null) expect(winnersOf(among)).toEqual(expect.arrayContaining([...winnersOf(id)]))
      }
      expect(alternates).toHaveLength(Math.min(draw.alternates, members.length - direct.length))
    }),
  )
})

test('S61 same tickets and seeds, same winners; another seed gives other ones', () => {
  const [, contest] = vectors
  if (contest === undefined) expect.unreachable()
  const winners = (publicSeed: string) =>
    unwrap(drawPrizes(drawOf(contest), ticketsOf(contest), { secretSeed: contest.secretSeed, publicSeed })).prizes
  expect(winners('a')).toEqual(winners('a'))
  expect(winners('a')).not.toEqual(winners('b'))
})

test('another member in the draw does not change the order of the others', () => {
  fc.assert(
    fc.property(drawTicketsArbitrary, fc.nat(), (tickets, pick) => {
      const gone = tickets.members[pick % Math.max(1, tickets.members.length)]?.member
      const fewer = { ...tickets, members: tickets.members.filter(({ member }) => member !== gone) }
      expect(drawOrder('s', tickets).filter((member) => member !== gone)).toEqual(drawOrder('s', fewer))
    }),
  )
})

test('a right result is verified, and every part that was changed is found', () => {
  fc.assert(
    fc.property(caseArbitrary, ({ draw, tickets, ...seeds }) => {
      const published = unwrap(commitDraw(draw, tickets, seeds.secretSeed))
      const result = unwrap(drawPrizes(draw, tickets, seeds))
      const faults = (changed: Partial<DrawResult>, commitment = published) =>
        verifyDraw(draw, tickets, commitment, { ...result, ...changed }).map(({ path }) => path.join('.'))
      expect(faults({})).toEqual([])
      expect(faults({ prizes: [] })).toEqual(['result.prizes'])
      expect(faults({ seed: '', alternates: ['?' as MemberId] })).toEqual(['result.seed', 'result.alternates'])
      expect(faults({}, { ...published, listingHash: '' })).toEqual(['published.listingHash'])
      const other = `${seeds.secretSeed.slice(1)}0`
      if (other !== seeds.secretSeed) expect(faults({ secretSeed: other })).toContain('published.commitment')
      expect(faults({ secretSeed: 'no seed' })).toEqual(['secretSeed'])
      const more = { ...tickets, members: [...tickets.members, { member: 'z z' as MemberId, tickets: 1, uncapped: 1 }] }
      expect(verifyDraw(draw, more, published, result)[0]?.path).toEqual(['published', 'listingHash'])
    }),
  )
})

test('the secret seed is 64 hexadecimal digits, and there are no more tickets than can be hashed', () => {
  const [summer] = vectors
  if (summer === undefined) expect.unreachable()
  const tickets = { ...ticketsOf(summer), total: 10_000_001 }
  const drawn = drawPrizes(drawOf(summer), tickets, { secretSeed: 'AB'.repeat(32), publicSeed: '' })
  expect(drawn).toMatchObject({ left: [{ path: ['secretSeed'] }, { _tag: 'OutOfRange', path: ['tickets', 'total'] }] })
  expect(commitDraw(drawOf(summer), tickets, '0f')).toMatchObject({ left: [{ path: ['secretSeed'] }] })
})

const without = (members: ReadonlyArray<MemberId>, out: MemberId) => members.filter((one) => one !== out)

const outArbitrary = fc
  .tuple(caseArbitrary, fc.nat())
  .map(([{ draw, tickets, ...seeds }, pick]) => {
    const result = unwrap(drawPrizes(draw, tickets, seeds))
    const known = [...new Set(result.prizes.flatMap(({ winners }) => winners)), ...result.alternates]
    return { draw, result, out: known[pick % Math.max(1, known.length)] ?? ('' as MemberId) }
  })
  .filter(({ out }) => out !== '')

test('whoever is out is replaced by the first alternate, and nobody else’s prize changes', () => {
  fc.assert(
    fc.property(outArbitrary, ({ draw, result, out }) => {
      const next = unwrap(replaceWinner(draw, result, out))
      const { alternates } = result
      expect(next.alternates).toEqual(alternates.includes(out) ? without(alternates, out) : alternates.slice(1))
      const changes = next.prizes.map(({ winners }, index) => ({
        winners,
        before: result.prizes[index]?.winners ?? [],
        isDirect: draw.prizes[index]?.among === null,
      }))
      for (const { winners, before } of changes) {
        expect(winners.filter((member) => before.includes(member))).toEqual(without(before, out))
      }
      for (const { winners, before } of changes.filter(({ isDirect }) => isDirect)) {
        const newcomers = winners.filter((member) => !before.includes(member))
        expect(newcomers).toEqual(before.includes(out) ? alternates.slice(0, 1) : [])
      }
    }),
  )
})

test('whoever is out leaves the line for the prizes among winners, and whoever steps in joins it', () => {
  fc.assert(
    fc.property(outArbitrary, ({ draw, result, out }) => {
      const { prizes } = unwrap(replaceWinner(draw, result, out))
      for (const [index, { winners, reserves }] of prizes.entries()) {
        const among = draw.prizes[index]?.among ?? null
        const parent = prizes.find(({ prize }) => prize === among)?.winners
        if (parent !== undefined) expect([...winners, ...reserves].sort()).toEqual([...parent].sort())
      }
    }),
  )
})

test('only a winner or an alternate can be out', () => {
  const [few] = vectors.slice(3)
  if (few === undefined) expect.unreachable()
  const result = unwrap(drawPrizes(drawOf(few), ticketsOf(few), few))
  expect(replaceWinner(drawOf(few), result, 'nobody' as MemberId)).toMatchObject({ left: { path: ['member'] } })
})
