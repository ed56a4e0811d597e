/**
 * Wallets, lots and entries: what a member holds, since when, until when, and where it went.
 *
 * @packageDocumentation
 */
export * from './accrual.ts'
export * from './burn.ts'
export * from './claw-back.ts'
export * from './debt.ts'
export * from './due.ts'
export * from './entry.ts'
export * from './lot.ts'
export * from './wallet.ts'
export * from './wallet-definition.ts'
