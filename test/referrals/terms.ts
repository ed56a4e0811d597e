// Dates and amounts to write examples with.
import { type Currency, type Instant, parseInstant, unwrap } from '../../src/foundation/index.ts'

export const at = (text: string): Instant => unwrap(parseInstant(text))

export const eur = (minor: number) => ({ minor, currency: 'EUR' as Currency })

export const march1: Instant = at('2026-03-01T12:00:00Z')
