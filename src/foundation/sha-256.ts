/* eslint-disable no-param-reassign -- a hash is mixed in arrays that were made for it */
// SHA-256 (FIPS 180-4), for what anybody must be able to verify. This file mutates the typed arrays that it made itself.

const roundConstants: Uint32Array = /* @__PURE__ */ new Uint32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
])

const firstState: ReadonlyArray<number> = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits))

const word = (words: Uint32Array, index: number): number => words[index] ?? 0

/** The 64 words of a block, from the 16 that it has. */
const expand = (words: Uint32Array): void => {
  for (let i = 16; i < 64; i += 1) {
    const a = word(words, i - 15)
    const b = word(words, i - 2)
    const small = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)
    const large = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10)
    words[i] = word(words, i - 16) + small + word(words, i - 7) + large
  }
}

const compress = (state: Uint32Array, words: Uint32Array): void => {
  expand(words)
  let [a, b, c, d] = [word(state, 0), word(state, 1), word(state, 2), word(state, 3)]
  let [e, f, g, h] = [word(state, 4), word(state, 5), word(state, 6), word(state, 7)]
  for (let i = 0; i < 64; i += 1) {
    const large = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const first = (h + large + ((e & f) ^ (~e & g)) + word(roundConstants, i) + word(words, i)) | 0
    const small = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const second = (small + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  const next = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i += 1) state[i] = word(state, i) + (next[i] ?? 0)
}

/** The bytes with a one bit, zeros and their length in bits after them, as many as fill blocks. */
const padded = (bytes: Uint8Array): Uint8Array => {
  const { length } = bytes
  const blocks = new Uint8Array((Math.floor((length + 8) / 64) + 1) * 64)
  blocks.set(bytes)
  blocks[length] = 0x80
  const view = new DataView(blocks.buffer)
  view.setUint32(blocks.length - 8, Math.floor(length / 0x20000000))
  view.setUint32(blocks.length - 4, length << 3)
  return blocks
}

/** The eight words of the SHA-256 of some bytes. */
const digestWords = (bytes: Uint8Array): Uint32Array => {
  const blocks = new DataView(padded(bytes).buffer)
  const state = new Uint32Array(firstState)
  const words = new Uint32Array(64)
  for (let start = 0; start < blocks.byteLength; start += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = blocks.getUint32(start + i * 4)
    compress(state, words)
  }
  return state
}

const put = (bytes: Uint8Array, at: number, code: number): number => {
  if (code < 0x80) {
    bytes[at] = code
    return at + 1
  }
  if (code < 0x800) {
    bytes[at] = 0xc0 | (code >> 6)
    bytes[at + 1] = 0x80 | (code & 0x3f)
    return at + 2
  }
  const end = code < 0x10000 ? at + 2 : at + 3
  bytes[at] = code < 0x10000 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18)
  if (code >= 0x10000) bytes[at + 1] = 0x80 | ((code >> 12) & 0x3f)
  bytes[end - 1] = 0x80 | ((code >> 6) & 0x3f)
  bytes[end] = 0x80 | (code & 0x3f)
  return end + 1
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
  const bytes = new Uint8Array(text.length * 3)
  let at = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.codePointAt(i) ?? 0
    at = put(bytes, at, code)
    if (code >= 0x10000) i += 1
  }
  return bytes.slice(0, at)
}

const hexOf = (words: Uint32Array): string => Array.from(words, (one) => one.toString(16).padStart(8, '0')).join('')

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
export const sha256Hex = (text: string): string => hexOf(digestWords(utf8Bytes(text)))
