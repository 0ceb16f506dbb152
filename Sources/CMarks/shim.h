#ifndef CMARKS_SHIM_H
#define CMARKS_SHIM_H

// Which of 64 bytes are one of four: the instructions that make a word of bits of a comparison have no name in Swift.

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/// A bit for each of 64 bytes from `text` on that is one of the four, the first byte's the lowest.
static inline uint64_t shim_marks(const uint8_t *text, uint8_t a, uint8_t b, uint8_t c, uint8_t d) {
    uint64_t marks = 0;
#if defined(__SSE2__)
    const __m128i as = _mm_set1_epi8((char)a), bs = _mm_set1_epi8((char)b);
    const __m128i cs = _mm_set1_epi8((char)c), ds = _mm_set1_epi8((char)d);
    for (int part = 0; part < 4; part++) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(text + 16 * part));
        const __m128i found = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, as), _mm_cmpeq_epi8(bytes, bs)),
            _mm_or_si128(_mm_cmpeq_epi8(bytes, cs), _mm_cmpeq_epi8(bytes, ds)));
        marks |= (uint64_t)(uint16_t)_mm_movemask_epi8(found) << (16 * part);
    }
#elif defined(__aarch64__)
    static const uint8_t places[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t bits = vld1q_u8(places);
    for (int part = 0; part < 4; part++) {
        const uint8x16_t bytes = vld1q_u8(text + 16 * part);
        const uint8x16_t found = vandq_u8(
            bits,
            vorrq_u8(
                vorrq_u8(vceqq_u8(bytes, vdupq_n_u8(a)), vceqq_u8(bytes, vdupq_n_u8(b))),
                vorrq_u8(vceqq_u8(bytes, vdupq_n_u8(c)), vceqq_u8(bytes, vdupq_n_u8(d)))));
        marks |= (uint64_t)vaddv_u8(vget_low_u8(found)) << (16 * part);
        marks |= (uint64_t)vaddv_u8(vget_high_u8(found)) << (16 * part + 8);
    }
#else
    for (int place = 0; place < 64; place++) {
        const uint8_t byte = text[place];
        marks |= (uint64_t)(byte == a || byte == b || byte == c || byte == d) << place;
    }
#endif
    return marks;
}

#endif
