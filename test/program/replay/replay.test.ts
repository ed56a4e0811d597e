// Replays against deciding, and corrections against what should have been.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Instant, parseInstant, unwrap } from '../../../src/foundation/index.ts'
import {
  type Activity,
  advance,
  type CompiledProgram,
  compileProgram,
  evolve,
  insertLate,
  newMember,
  type ProgramVersions,
  replay,
  stateAt,
} from '../../../src/program/index.ts'
import { countedPlay } from '../../arbitraries/counted-play.ts'
import { anna } from '../../arbitraries/program.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { buys, eur, joins, member, points, programOf, shop, shopJson, statusLadder } from '../shop.ts'

fewerRuns()

const at = (text: string): Instant => unwrap(parseInstant(text))

const alone = (program: CompiledProgram): ProgramVersions => [{ program, from: null }]

describe('replay', () => {
  test('by one version it is what deciding came to, and its events fold to its state', () => {
    fc.assert(
      fc.property(wideHistory, ({ program, activities }) => {
        const { counts, decisions, state: played } = countedPlay(program, activities)
        const { state, events, refused, ...asked } = unwrap(replay(alone(program), activities, counts))
        expect(state).toEqual(played)
        expect(events.reduce(evolve, newMember(anna))).toEqual(state)
        expect(refused.length).toBe(activities.length - decisions.length)
        expect(asked).toEqual({
          followUps: decisions.flatMap(({ followUps }) => followUps),
          claims: decisions.flatMap(({ claims }) => claims),
          sharedClaims: decisions.flatMap(({ sharedClaims }) => sharedClaims),
        })
      }),
    )
  })

  test('the state at an instant is that of what happened by then, with time passed', () => {
    fc.assert(
      fc.property(wideHistory, fc.nat(), ({ program, activities }, cut) => {
        const index = cut % activities.length
        const instant = ((activities[index]?.at ?? 0) + 1) as Instant
        const known = activities.filter((activity) => activity.at <= instant)
        const { counts, state } = countedPlay(program, known)
        expect(unwrap(stateAt(alone(program), activities, instant, counts))).toEqual(
          advance(program, state, instant).state,
        )
      }),
    )
  })

  test('each activity is decided by the version in force, and so is what falls due', () => {
    const first = programOf({ ladders: [statusLadder] })
    const second = programOf({
      version: 2,
      ladders: [statusLadder],
      earning: {
        ...shopJson.earning,
        rules: [
          { ...shopJson.earning.rules[0], award: { mode: 'linear', points: '2', per: eur('1.00'), on: 'order' } },
        ],
      },
    })
    const versions: ProgramVersions = [
      { program: unwrap(compileProgram(first)), from: null },
      { program: unwrap(compileProgram(second, { earlier: [first] })), from: at('2026-02-01T00:00:00Z') },
    ]
    const history = [
      joins('2026-01-01T00:00:00Z'),
      buys('a', '2026-01-31T23:59:59.999Z', '10.00'),
      buys('b', '2026-02-01T00:00:00Z', '10.00'),
    ]
    const { state } = unwrap(replay(versions, history))
    expect(points(state).active).toBe(30)
    expect(state.earnings.map(({ version }) => version)).toEqual([1, 2])
  })

  test('versions have to follow each other from the beginning', () => {
    const program = shop()
    const from = at('2026-01-01T00:00:00Z')
    expect(replay([{ program, from }], [])).toMatchObject({ left: [{ path: ['versions', 0, 'from'] }] })
    expect(
      replay(
        [
          { program, from: null },
          { program, from: null },
        ],
        [],
      ),
    ).toMatchObject({
      left: [{ path: ['versions', 1, 'from'] }],
    })
    expect(
      replay(
        [
          { program, from: null },
          { program, from },
          { program, from },
        ],
        [],
      ),
    ).toMatchObject({ left: [{ path: ['versions', 2, 'from'] }] })
  })

  test('what is refused is told, and lets no time pass', () => {
    const { refused, state } = unwrap(replay(alone(shop()), [buys('o', '2026-01-01T00:00:00Z', '10.00')]))
    expect(refused).toMatchObject([{ rejection: [{ _tag: 'NotEnrolled' }] }])
    expect(state).toEqual(member())
  })
})

test('what came in late stands behind what happened in the same instant', () => {
  const history = [joins('2026-01-01T00:00:00Z'), buys('b', '2026-01-02T00:00:00Z', '1.00')]
  const ids = (late: Activity) => insertLate(history, late).map(({ id }) => id)
  expect(ids(buys('a', '2026-01-02T00:00:00Z', '1.00'))).toEqual(['joins', 'b', 'a'])
  expect(ids(buys('a', '2026-01-01T00:00:01Z', '1.00'))).toEqual(['joins', 'a', 'b'])
  expect(ids(buys('a', '2025-12-31T00:00:00Z', '1.00'))).toEqual(['a', 'joins', 'b'])
})
