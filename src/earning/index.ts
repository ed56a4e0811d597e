/**
 * What purchases earn: rules as data, exact arithmetic, one rounding, allocation to lines, and what returns take back.
 *
 * @packageDocumentation
 */
export * from './compile-earning.ts'
export * from './earn.ts'
export * from './earning-faults.ts'
export * from './earning-rule.ts'
export * from './purchase.ts'
export * from './returns.ts'
export * from './unmatched.ts'
export * from './vocabulary.ts'
