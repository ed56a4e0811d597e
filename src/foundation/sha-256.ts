/* eslint-disable no-param-reassign -- a hash is mixed in arrays that were made for it */
// SHA-256 (FIPS 180-4), for what anybody must be able to verify. This file mutates the typed arrays that it made itself.

const roundConstants: Int32Array = /* @__PURE__ */ new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
])

const firstState: Int32Array = /* @__PURE__ */ new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
])

/** How many words the schedule of a block has. */
const scheduleLength = 64

/** The 64 words of a block: the 16 that stand in a message from a place on, and what is mixed of them. */
const expand = (words: Int32Array, message: Int32Array, start: number): void => {
  for (let i = 0; i < 16; i += 1) words[i] = message[start + i] as number
  for (let i = 16; i < scheduleLength; i += 1) {
    const a = words[i - 15] as number
    const b = words[i - 2] as number
    const small = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3)
    const large = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10)
    words[i] = ((words[i - 16] as number) + small + (words[i - 7] as number) + large) | 0
  }
}

const compress = (state: Int32Array, words: Int32Array): void => {
  let a = state[0] as number
  let b = state[1] as number
  let c = state[2] as number
  let d = state[3] as number
  let e = state[4] as number
  let f = state[5] as number
  let g = state[6] as number
  let h = state[7] as number
  for (let i = 0; i < scheduleLength; i += 1) {
    const large = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const first = (h + large + (g ^ (e & (f ^ g))) + (roundConstants[i] as number) + (words[i] as number)) | 0
    const small = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const second = (small + ((a & b) | (c & (a | b)))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  state[0] = ((state[0] as number) + a) | 0
  state[1] = ((state[1] as number) + b) | 0
  state[2] = ((state[2] as number) + c) | 0
  state[3] = ((state[3] as number) + d) | 0
  state[4] = ((state[4] as number) + e) | 0
  state[5] = ((state[5] as number) + f) | 0
  state[6] = ((state[6] as number) + g) | 0
  state[7] = ((state[7] as number) + h) | 0
}

const putByte = (message: Int32Array, at: number, byte: number): void => {
  message[at >>> 2] = (message[at >>> 2] as number) | (byte << (24 - ((at & 3) << 3)))
}

/** Writes a character beyond ASCII in UTF-8; gives the place after it. */
const putCharacter = (message: Int32Array, at: number, code: number): number => {
  const length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  const lead = length === 2 ? 0xc0 : length === 3 ? 0xe0 : 0xf0
  putByte(message, at, lead | (code >>> ((length - 1) * 6)))
  for (let i = 1; i < length; i += 1) putByte(message, at + i, 0x80 | ((code >>> ((length - 1 - i) * 6)) & 0x3f))
  return at + length
}

/** Writes a text in UTF-8 into zeros; gives how many bytes it takes. */
const writeUtf8 = (message: Int32Array, text: string): number => {
  let at = 0
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) {
      putByte(message, at, unit)
      at += 1
      continue
    }
    const code = text.codePointAt(i) ?? 0
    at = putCharacter(message, at, code)
    if (code >= 0x10000) i += 1
  }
  return at
}

/** Words that have room for a text, the one bit after it, and its length in bits. */
const roomFor = (text: string): number => (((text.length * 3 + 8) >>> 6) + 1) << 4

const digits = '0123456789abcdef'

const hexOf = (state: Int32Array): string => {
  let text = ''
  for (let i = 0; i < 8; i += 1) {
    const word = state[i] as number
    for (let shift = 28; shift >= 0; shift -= 4) text += digits.charAt((word >>> shift) & 15)
  }
  return text
}

/** The digest of a text; the message must be zeros with room for it, and the schedule may hold anything. */
const digest = (text: string, message: Int32Array, words: Int32Array): Int32Array => {
  const length = writeUtf8(message, text)
  putByte(message, length, 0x80)
  const end = (((length + 8) >>> 6) + 1) << 4
  message[end - 2] = Math.floor(length / 0x20000000)
  message[end - 1] = length << 3
  const state = firstState.slice()
  for (let start = 0; start < end; start += 16) {
    expand(words, message, start)
    compress(state, words)
  }
  return state
}

/**
 * The bytes of a text in UTF-8. Half of a surrogate pair, which UTF-8 cannot write, becomes the three bytes that its
 * number would have (Python's `surrogatepass`), so that different texts have different bytes.
 *
 * @param text any text
 * @example
 * ```ts
 * import { utf8Bytes } from 'treue'
 *
 * Array.from(utf8Bytes('né')) // => [110, 195, 169]
 * ```
 */
export const utf8Bytes = (text: string): Uint8Array => {
  const message = new Int32Array(roomFor(text))
  const bytes = new Uint8Array(writeUtf8(message, text))
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (message[at >>> 2] as number) >>> (24 - ((at & 3) << 3))
  return bytes
}

/**
 * The SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits (FIPS 180-4): what `sha256sum` prints for a file with
 * that text.
 *
 * @param text any text; see {@link utf8Bytes} for halves of surrogate pairs
 * @example
 * ```ts
 * import { sha256Hex } from 'treue'
 *
 * sha256Hex('abc') // => 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
 * ```
 */
export const sha256Hex = (text: string): string =>
  hexOf(digest(text, new Int32Array(roomFor(text)), new Int32Array(scheduleLength)))

/**
 * A function that gives the same as {@link sha256Hex}, and is faster for many short texts: it works in arrays of its own
 * that it uses again.
 *
 * @example
 * ```ts
 * import { sha256Hasher, sha256Hex } from 'treue'
 *
 * const hash = sha256Hasher()
 * ;['a', 'b'].map(hash).includes(sha256Hex('b')) // => true
 * ```
 */
export const sha256Hasher = (): ((text: string) => string) => {
  const words = new Int32Array(scheduleLength)
  let message = new Int32Array(scheduleLength)
  return (text) => {
    const room = roomFor(text)
    if (room > message.length) message = new Int32Array(room * 2)
    else message.fill(0, 0, room)
    return hexOf(digest(text, message, words))
  }
}
