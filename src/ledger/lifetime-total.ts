/** How much can come into a wallet in all. */
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import type { Wallet } from './wallet.ts'

/** Nothing in a wallet is more than all that ever came in and all that was taken by hand, which alone makes debt of nothing. */
const lifetimeTotal = ({ accrued, opened, adjustedIn, transferredIn, convertedIn, adjustedOut }: Wallet): number =>
  accrued + opened + adjustedIn + transferredIn + convertedIn + adjustedOut

/** Whether so many more would leave the range of exact integers. */
export const isBeyondRange = (wallet: Wallet, points: number): boolean =>
  !Number.isSafeInteger(lifetimeTotal(wallet) + points)

/** The fault that with so many points more a figure of the wallet could leave the range of exact integers. */
export const beyondRange = (
  wallet: Wallet,
  points: number,
  path: ReadonlyArray<string | number> = ['points'],
): OutOfRange | undefined =>
  isBeyondRange(wallet, points) ? outOfRange(path, points, 'a lifetime total of at most 9007199254740991') : undefined
