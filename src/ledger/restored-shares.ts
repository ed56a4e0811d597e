/** How much of each piece of a redemption is back once so much of all is. */
import * as E from 'fp-ts/Either'
import { exactProduct, exactSum, multiplyDivide } from '../foundation/index.ts'

/** A point that can be given back: the nth of its piece. */
interface Candidate {
  readonly piece: number
  readonly nth: number
  readonly size: number
}

const floorOf = (a: number, b: number, c: number): number => {
  const quotient = multiplyDivide(a, b, c, 'floor')
  return E.isRight(quotient) ? quotient.right : 0
}

/** A point is due halfway between its own share of the piece and the one before: the earlier, the sooner it is back. */
const byTurn = (a: Candidate, b: Candidate): number => {
  const ofA = exactProduct(exactSum(exactProduct(2, a.nth), -1), b.size)
  const ofB = exactProduct(exactSum(exactProduct(2, b.nth), -1), a.size)
  if (ofA === ofB) return a.piece - b.piece
  return ofA < ofB ? -1 : 1
}

/**
 * The shares by the method of Webster: the points of all pieces come back in one fixed order, so that no share ever falls
 * as more comes back, as one by largest remainder can, and in the end each piece is back as it was. All but about as many
 * points as there are pieces are known by their quotient; only the others are put in order.
 */
export const restoredShares = (sizes: ReadonlyArray<number>, restored: number): ReadonlyArray<number> => {
  const all = sizes.reduce((sum, size) => sum + size, 0)
  if (all === 0) return sizes.map(() => 0)
  const sure = Math.max(0, restored - sizes.length)
  const shares = sizes.map((size) => floorOf(size, sure, all))
  const candidates = sizes.flatMap((size, piece): ReadonlyArray<Candidate> => {
    const share = shares[piece] ?? 0
    const count = Math.min(size - share, floorOf(size, 2 * sizes.length, all) + 2)
    return Array.from({ length: count }, (_, index) => ({ piece, nth: share + index + 1, size }))
  })
  const left = restored - shares.reduce((sum, share) => sum + share, 0)
  for (const { piece } of candidates.sort(byTurn).slice(0, left)) shares[piece] = (shares[piece] ?? 0) + 1
  return shares
}
